// The third line names a file that is not there.

require('./missing.js')
