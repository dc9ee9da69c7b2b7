'use strict'

// Structured clone in V8's wire format: exports both halves.

module.exports = { ...require('./encode/encode'), ...require('./decode/decode') }
