'use strict'

// Structured clone in V8's wire format: the two halves under one name.

module.exports = { ...require('./encode/encode'), ...require('./decode/decode') }
