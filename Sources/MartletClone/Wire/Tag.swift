/// The bytes that begin and end values in V8's format (v8/src/objects/value-serializer.cc,
/// `SerializationTag`).
enum Tag {
  static let version: UInt8 = 0xFF
  static let padding: UInt8 = 0
  static let verifyObjectCount = UInt8(ascii: "?")
  static let hole = UInt8(ascii: "-")
  static let undefined = UInt8(ascii: "_")
  static let null = UInt8(ascii: "0")
  static let `true` = UInt8(ascii: "T")
  static let `false` = UInt8(ascii: "F")
  static let int32 = UInt8(ascii: "I")
  static let uint32 = UInt8(ascii: "U")
  static let double = UInt8(ascii: "N")
  static let bigInt = UInt8(ascii: "Z")
  static let utf8String = UInt8(ascii: "S")
  static let latin1String = UInt8(ascii: "\"")
  static let utf16String = UInt8(ascii: "c")
  static let reference = UInt8(ascii: "^")
  static let object = UInt8(ascii: "o")
  static let objectEnd = UInt8(ascii: "{")
  static let sparseArray = UInt8(ascii: "a")
  static let sparseArrayEnd = UInt8(ascii: "@")
  static let denseArray = UInt8(ascii: "A")
  static let denseArrayEnd = UInt8(ascii: "$")
  static let date = UInt8(ascii: "D")
  static let trueObject = UInt8(ascii: "y")
  static let falseObject = UInt8(ascii: "x")
  static let numberObject = UInt8(ascii: "n")
  static let bigIntObject = UInt8(ascii: "z")
  static let stringObject = UInt8(ascii: "s")
  static let regExp = UInt8(ascii: "R")
  static let map = UInt8(ascii: ";")
  static let mapEnd = UInt8(ascii: ":")
  static let set = UInt8(ascii: "'")
  static let setEnd = UInt8(ascii: ",")
  static let arrayBuffer = UInt8(ascii: "B")
  static let resizableArrayBuffer = UInt8(ascii: "~")
  static let view = UInt8(ascii: "V")
  static let error = UInt8(ascii: "r")

  /// Kinds that exist in the format and need the process that sent them, with what they are.
  static let unsupported: [(UInt8, String)] = [
    (UInt8(ascii: "\\"), "a host object"), (UInt8(ascii: "t"), "a transferred ArrayBuffer"),
    (UInt8(ascii: "u"), "a SharedArrayBuffer"), (UInt8(ascii: "w"), "a WebAssembly.Module"),
    (UInt8(ascii: "m"), "a WebAssembly.Memory"), (UInt8(ascii: "p"), "a shared object"),
  ]
}

/// What follows the tag of an error, up to the end (`ErrorTag`). The kinds are in ``CloneErrorObject/Kind``.
enum ErrorTag {
  static let message = UInt8(ascii: "m")
  static let stack = UInt8(ascii: "s")
  static let cause = UInt8(ascii: "c")
  static let end = UInt8(ascii: ".")
}

/// The flags of a view.
enum ViewFlag {
  static let lengthTracking: UInt32 = 1
  static let resizableBuffer: UInt32 = 2
}
