// The protocol of all of Martlet's errors.

public import MartletClone

/// An error of Martlet's own. All of them conform to this, and all reach a renderer with their name and code.
///
/// ```swift
/// do {
///   try await window.loadURL(address).value
/// } catch let error as any MartletError where error.code == .nameNotResolved {
///   show(error.message)
/// }
/// ```
public protocol MartletError: IpcError, CustomStringConvertible {
  /// The error that caused this one, if there is one.
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
  /// The type of a value is not the one that a handler or a listener declares.
  public static let invalidArgType: ErrorCode = "ERR_INVALID_ARG_TYPE"
}
