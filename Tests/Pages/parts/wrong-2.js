// The second line names a file that is none.
require('./bad.json')
