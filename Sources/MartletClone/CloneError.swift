/// Why a value could not be encoded, or bytes could not be decoded.
public struct CloneError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure. There may be more in later versions.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The name, for logs.
    public let description: String

    private init(_ description: String) { self.description = description }

    /// A value that structured clone does not carry.
    public static let notCloneable = Code("notCloneable")
    /// The bytes do not begin with the header of the format.
    public static let badHeader = Code("badHeader")
    /// The bytes are of a version other than 15.
    public static let unsupportedVersion = Code("unsupportedVersion")
    /// The bytes end in the middle of a value, or a length promises more bytes than there are.
    public static let truncated = Code("truncated")
    /// A byte that begins no value, or no value that may stand there.
    public static let badTag = Code("badTag")
    /// A value of a kind that needs its sender's process, such as a shared buffer.
    public static let unsupportedValue = Code("unsupportedValue")
    /// A length or count that contradicts the rest, or does not fit its element size.
    public static let badLength = Code("badLength")
    /// A reference to an object that has not occurred yet.
    public static let badReference = Code("badReference")
    /// A property key that is no string or number, or that is there twice.
    public static let badKey = Code("badKey")
    /// Flags of a regular expression or a view that do not exist or contradict the rest.
    public static let badFlags = Code("badFlags")
    /// Values nested deeper than ``CloneCodec/maximumDepth``.
    public static let tooDeep = Code("tooDeep")
    /// More values than ``CloneCodec/maximumValueCount``.
    public static let tooManyValues = Code("tooManyValues")
    /// A value whose bytes are more than an IPC message can have.
    public static let tooLong = Code("tooLong")
    /// Bytes after the end of the value.
    public static let trailingBytes = Code("trailingBytes")
  }

  /// What kind of failure it is.
  public let code: Code
  /// What happened. For a value that could not be encoded always `An object could not be cloned.`, Electron's
  /// text.
  public let message: String
  /// For a value that could not be encoded: what it was.
  public let reason: String?
  /// For bytes that could not be decoded: where, counted from the first byte.
  public let offset: Int?

  /// Makes the error that a ``CloneEncodable`` type throws when it has no clone.
  ///
  /// - Parameter reason: What the value was, for the developer: "a closure", "a window".
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

  /// The message with the reason or the place.
  public var description: String {
    if let reason { return "\(message) (\(reason))" }
    if let offset { return "\(message) at byte \(offset)" }
    return message
  }
}
