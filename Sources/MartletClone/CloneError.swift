/// The error thrown when a value cannot be encoded or bytes cannot be decoded.
public struct CloneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Kinds of failure. Later versions may add more.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// Name of the kind, for logs.
    public let description: String

    private init(_ description: String) { self.description = description }

    /// The value cannot be cloned: structured clone does not support it.
    public static let notCloneable = Code("notCloneable")
    /// The bytes do not begin with the header of the format.
    public static let badHeader = Code("badHeader")
    /// The bytes have a version other than 15.
    public static let unsupportedVersion = Code("unsupportedVersion")
    /// The bytes end in the middle of a value, or a length exceeds the bytes that are left.
    public static let truncated = Code("truncated")
    /// A byte is not a known tag, or its value is not allowed at this place.
    public static let badTag = Code("badTag")
    /// The value needs the process of its sender, such as a shared buffer.
    public static let unsupportedValue = Code("unsupportedValue")
    /// A length or count contradicts other data, or does not fit the element size.
    public static let badLength = Code("badLength")
    /// A reference names an object that has not occurred yet.
    public static let badReference = Code("badReference")
    /// A property key is neither a string nor a number, or occurs twice.
    public static let badKey = Code("badKey")
    /// The flags of a regular expression or a view do not exist or contradict other data.
    public static let badFlags = Code("badFlags")
    /// Values are nested deeper than ``CloneCodec/maximumDepth``.
    public static let tooDeep = Code("tooDeep")
    /// There are more values than ``CloneCodec/maximumValueCount``, or more objects than
    /// ``CloneCodec/maximumObjectCount``.
    public static let tooManyValues = Code("tooManyValues")
    /// The encoded value exceeds the size limit of an IPC message.
    public static let tooLong = Code("tooLong")
    /// There are bytes after the end of the value.
    public static let trailingBytes = Code("trailingBytes")
  }

  /// Kind of failure.
  public let code: Code
  /// Text of the error. When encoding fails it is always `An object could not be cloned.`, as in Electron.
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
    CloneError(.tooLong, reason: reason)
  }

  init(_ code: Code, reason: String) {
    self.code = code
    message = "An object could not be cloned."
    self.reason = reason
    offset = nil
  }

  init(_ code: Code, _ message: String, offset: Int) {
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
