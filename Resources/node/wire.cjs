'use strict'

// Values in V8's wire format, which is Martlet's.

const v8 = require('node:v8')

/** The bytes of a value. Electron's error for one that cannot be cloned. */
function serialize (value) {
  const serializer = new v8.Serializer()
  serializer.writeHeader()
  try {
    serializer.writeValue(value)
  } catch (error) {
    // A getter's own error is the caller's.
    if (error?.name !== 'DataCloneError' && !/could not be cloned/.test(error?.message)) throw error
    throw new Error('An object could not be cloned.')
  }
  return serializer.releaseBuffer()
}

function deserialize (bytes) {
  const deserializer = new v8.Deserializer(bytes)
  deserializer.readHeader()
  return deserializer.readValue()
}

module.exports = { serialize, deserialize }
