// The one shape of Martlet's errors.

public import MartletClone

/// An error of Martlet's own. All of them have this shape, and all reach a renderer with their name and code.
///
/// ```swift
/// do {
///   try await window.loadURL(address).value
/// } catch let error as any MartletError where error.code == .nameNotResolved {
///   show(error.message)
/// }
/// ```
public protocol MartletError: IpcError, CustomStringConvertible {
  /// The error that this one comes from, if there is one.
  var underlyingError: (any Error)? { get }
}

extension MartletError {
  public var underlyingError: (any Error)? { nil }
  public var description: String { message }
}

extension CloneError: MartletError {}

extension CloneTypeMismatch: MartletError {
  public var name: String { "TypeError" }
  public var code: ErrorCode { .invalidArgType }
  /// The same as `description`.
  public var message: String { description }
}

extension ErrorCode {
  /// A value is not of the type that a handler or a listener declares.
  public static let invalidArgType: ErrorCode = "ERR_INVALID_ARG_TYPE"
}
