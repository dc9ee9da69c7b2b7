// Why a call failed, and what of it reaches the renderer: rules S-30 to S-34.

public import MartletClone

/// Why a call failed, as the renderer is told.
package struct IpcFailure {
  /// The text after `Error invoking remote method '<channel>': `.
  package let detail: String
  package var name: String?
  package var code: String?
  package var data: CloneValue?

  package init(detail: String, name: String? = nil, code: String? = nil, data: CloneValue? = nil) {
    self.detail = detail
    self.name = name
    self.code = code
    self.data = data
  }

  /// S-31.
  package static func noHandler(for channel: String) -> IpcFailure {
    IpcFailure(detail: "Error: No handler registered for '\(channel)'")
  }

  /// S-32, S-40.
  package static var neverSent: IpcFailure { IpcFailure(detail: "reply was never sent") }

  /// The page has more calls waiting for their answers than ``UnansweredCalls`` lets it.
  package static var tooMuchUnanswered: IpcFailure {
    IpcFailure(
      detail: "the page's calls that wait for their answers hold 1 GiB already: send fewer at a time",
      code: "ERR_IPC_TOO_MUCH_UNANSWERED")
  }

  /// The answer was too long for what the system has left.
  package static var noResources: IpcFailure {
    IpcFailure(
      detail: "the system has no memory or no file descriptors left for the answer", code: "ERR_OUT_OF_MEMORY"
    )
  }

  /// The failure that a thrown Swift error becomes (S-30): its own description in the form of a JavaScript error.
  package init(_ error: any Error) {
    if let error = error as? any IpcError {
      self.init(
        detail: Self.text(name: error.name, message: error.message), name: error.name,
        code: error.code == .none ? nil : "\(error.code)", data: error.data)
    } else {
      self.init(detail: Self.text(message: "\(error)"))
    }
  }

  /// The text that `String(error)` gives for a JavaScript error.
  private static func text(name: String = "Error", message: String) -> String {
    if name.isEmpty { return message }
    return message.isEmpty ? name : "\(name): \(message)"
  }
}

/// A Swift error that tells the renderer more than a text.
///
/// Electron reduces every error to its message; here `name`, `code` and `data` arrive as properties of the
/// renderer's `Error`.
public protocol IpcError: Error {
  /// `error.name` in the renderer. `Error` unless said otherwise.
  var name: String { get }
  /// The text after the name.
  var message: String { get }
  /// `error.code` in the renderer. None unless said otherwise.
  var code: ErrorCode { get }
  /// `error.data` in the renderer, if anything.
  var data: CloneValue? { get }
}

extension IpcError {
  /// `Error`.
  public var name: String { "Error" }
  public var code: ErrorCode { .none }
  /// No data.
  public var data: CloneValue? { nil }
}
