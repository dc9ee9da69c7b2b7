/// The kind of an error. Its text is the error's `code` in a renderer, in Node's form: `ERR_IPC_QUEUE_FULL`.
///
/// The names of Martlet's codes are their texts without `ERR_`: `.ipcQueueFull`. An app's error may have any
/// text:
///
/// ```swift
/// struct NoSuchUser: IpcError {
///   let message: String
///   let code: ErrorCode = "ENOUSER"
/// }
/// ```
public struct ErrorCode: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The text.
  public let description: String

  /// Makes a code.
  ///
  /// - Parameter text: The renderer's `error.code`. Empty for none.
  public init(_ text: String) { description = text }

  public init(stringLiteral text: String) { description = text }

  /// No code: the renderer's error has no such property.
  public static let none: ErrorCode = ""
}
