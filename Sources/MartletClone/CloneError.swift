/// The error thrown when a value cannot be encoded or bytes cannot be decoded.
public struct CloneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure.
  public let code: ErrorCode
  /// The failure, as text. For a value that could not be encoded it is always Electron's text:
  /// `An object could not be cloned.`
  public let message: String
  /// When encoding fails: a description of the value that could not be cloned. Otherwise nil.
  public let reason: String?
  /// When decoding fails: the offset of the failure, in bytes from the first one. Otherwise nil.
  public let offset: Int?

  /// Makes the error that a ``CloneEncodable`` type throws when its value cannot be cloned.
  ///
  /// - Parameter reason: Description of the value, for the developer: "a closure", "a window".
  public static func notCloneable(_ reason: String) -> CloneError {
    CloneError(.notCloneable, reason: reason)
  }

  package static func tooLong(_ reason: String) -> CloneError {
    CloneError(.ipcMessageTooLong, reason: reason)
  }

  init(_ code: ErrorCode, reason: String) {
    self.code = code
    message = "An object could not be cloned."
    self.reason = reason
    offset = nil
  }

  init(_ code: ErrorCode, _ message: String, offset: Int) {
    self.code = code
    self.message = message
    reason = nil
    self.offset = offset
  }

  /// The message with the reason or the offset.
  public var description: String {
    if let reason { return "\(message) (\(reason))" }
    if let offset { return "\(message) at byte \(offset)" }
    return message
  }
}

extension ErrorCode {
  /// A value that structured clone does not carry.
  public static let notCloneable: ErrorCode = "ERR_NOT_CLONEABLE"
  /// The bytes do not begin with the header of the format.
  public static let cloneBadHeader: ErrorCode = "ERR_CLONE_BAD_HEADER"
  /// The bytes are of a version other than 15.
  public static let cloneUnsupportedVersion: ErrorCode = "ERR_CLONE_UNSUPPORTED_VERSION"
  /// The bytes end in the middle of a value, or a length promises more bytes than there are.
  public static let cloneTruncated: ErrorCode = "ERR_CLONE_TRUNCATED"
  /// A byte that begins no value, or no value that may stand there.
  public static let cloneBadTag: ErrorCode = "ERR_CLONE_BAD_TAG"
  /// A value of a kind that needs its sender's process, such as a shared buffer.
  public static let cloneUnsupportedValue: ErrorCode = "ERR_CLONE_UNSUPPORTED_VALUE"
  /// A length or count that contradicts the rest, or does not fit its element size.
  public static let cloneBadLength: ErrorCode = "ERR_CLONE_BAD_LENGTH"
  /// A reference to an object that has not occurred yet.
  public static let cloneBadReference: ErrorCode = "ERR_CLONE_BAD_REFERENCE"
  /// A property key that is no string or number, or that is there twice.
  public static let cloneBadKey: ErrorCode = "ERR_CLONE_BAD_KEY"
  /// Flags of a regular expression or a view that do not exist or contradict the rest.
  public static let cloneBadFlags: ErrorCode = "ERR_CLONE_BAD_FLAGS"
  /// Values nested deeper than ``CloneCodec/maximumDepth``.
  public static let cloneTooDeep: ErrorCode = "ERR_CLONE_TOO_DEEP"
  /// More values than ``CloneCodec/maximumValueCount``.
  public static let ipcTooManyValues: ErrorCode = "ERR_IPC_TOO_MANY_VALUES"
  /// A value whose bytes are more than an IPC message can have.
  public static let ipcMessageTooLong: ErrorCode = "ERR_IPC_MESSAGE_TOO_LONG"
  /// Bytes after the end of the value.
  public static let cloneTrailingBytes: ErrorCode = "ERR_CLONE_TRAILING_BYTES"
}
