'use strict'

// The bytes of V8's ValueSerializer wire format, version 15, that we use. (Shared memory, transferred
// buffers, WebAssembly and host objects are part of the format but never cross our IPC: they are missing
// here, so they do not decode.)

module.exports = {
  VERSION_TAG: 0xff,
  VERSION: 15,
  // Older streams differ only in array views (14) and host objects (13).
  OLDEST_VERSION: 13,

  // The nesting limit of containers, in both codecs and both directions. Our codecs recurse, and
  // JavaScriptCore's stack (5 MB of frames) overflows between 8,000 and 10,000 levels of objects. V8's own
  // serializer, on a browser's 1 MB stack, overflows before 5,000.
  MAX_DEPTH: 5000,

  // The maximum number of values in a message, including itself: the main process reads no more, because a
  // value costs it far more than its bytes suggest.
  MAX_VALUES: 8388608,

  // The maximum number of objects among them, including the buffer of each view: reading one takes as long as
  // reading ten or twenty numbers.
  MAX_OBJECTS: 4194304,

  PADDING: 0x00,
  OBJECT_COUNT: 0x3f, // ?
  HOLE: 0x2d, // -
  UNDEFINED: 0x5f, // _
  NULL: 0x30, // 0
  TRUE: 0x54, // T
  FALSE: 0x46, // F
  INT32: 0x49, // I
  UINT32: 0x55, // U
  DOUBLE: 0x4e, // N
  BIGINT: 0x5a, // Z
  UTF8_STRING: 0x53, // S
  ONE_BYTE_STRING: 0x22, // "
  TWO_BYTE_STRING: 0x63, // c
  REFERENCE: 0x5e, // ^
  OBJECT: 0x6f, // o
  END_OBJECT: 0x7b, // {
  SPARSE_ARRAY: 0x61, // a
  END_SPARSE_ARRAY: 0x40, // @
  DENSE_ARRAY: 0x41, // A
  END_DENSE_ARRAY: 0x24, // $
  DATE: 0x44, // D
  TRUE_OBJECT: 0x79, // y
  FALSE_OBJECT: 0x78, // x
  NUMBER_OBJECT: 0x6e, // n
  BIGINT_OBJECT: 0x7a, // z
  STRING_OBJECT: 0x73, // s
  REGEXP: 0x52, // R
  MAP: 0x3b, // ;
  END_MAP: 0x3a, // :
  SET: 0x27, // '
  END_SET: 0x2c, // ,
  ARRAY_BUFFER: 0x42, // B
  RESIZABLE_ARRAY_BUFFER: 0x7e, // ~
  ARRAY_BUFFER_VIEW: 0x56, // V
  ERROR: 0x72, // r

  ERROR_MESSAGE: 0x6d, // m
  ERROR_CAUSE: 0x63, // c
  ERROR_STACK: 0x73, // s
  ERROR_END: 0x2e, // .

  DATA_VIEW: 0x3f, // ?
  VIEW_TRACKS_LENGTH: 1,
  VIEW_BUFFER_RESIZABLE: 2,
  VIEW_FLAGS: 3, // all of them

  // Constructor name: view sub-tag and element size. The format has no
  // Float16Array: V8 11.3 does not know the type; later versions use 'h'.
  VIEWS: {
    Int8Array: [0x62, 1],
    Uint8Array: [0x42, 1],
    Uint8ClampedArray: [0x43, 1],
    Int16Array: [0x77, 2],
    Uint16Array: [0x57, 2],
    Int32Array: [0x64, 4],
    Uint32Array: [0x44, 4],
    Float16Array: [0x68, 2],
    Float32Array: [0x66, 4],
    Float64Array: [0x46, 8],
    BigInt64Array: [0x71, 8],
    BigUint64Array: [0x51, 8]
  },

  // Error name: sub-tag. All other names travel as a plain Error.
  ERRORS: {
    EvalError: 0x45,
    RangeError: 0x52,
    ReferenceError: 0x46,
    SyntaxError: 0x53,
    TypeError: 0x54,
    URIError: 0x55
  },

  // Bit n of the RegExp flags is FLAGS[n]; 'l' (V8's linear engine) is refused.
  REGEXP_FLAGS: ['g', 'i', 'm', 'y', 'u', 's', '', 'd', 'v']
}
