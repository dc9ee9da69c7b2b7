// Why a call failed, and what the renderer is told of it: rules S-30 to S-34.

public import MartletClone

/// The failure of a call, as the renderer is told of it.
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

  /// No handler for the channel (S-31).
  package static func noHandler(for channel: String) -> IpcFailure {
    IpcFailure(detail: "Error: No handler registered for '\(channel)'")
  }

  /// The reply was released without an answer (S-32, S-40).
  package static var neverSent: IpcFailure { IpcFailure(detail: "reply was never sent") }

  /// The page has more pending calls than ``UnansweredCalls`` allows.
  package static var tooMuchUnanswered: IpcFailure {
    IpcFailure(
      detail: "too many calls are pending, they hold 1 GiB: await replies before further calls",
      code: "ERR_IPC_TOO_MUCH_UNANSWERED")
  }

  /// The answer is longer than the system's free resources allow.
  package static var noResources: IpcFailure {
    IpcFailure(
      detail:
        "the system is out of memory or file descriptors for the reply: return less, or close what is open",
      code: "ERR_OUT_OF_MEMORY"
    )
  }

  /// The failure for a thrown Swift error (S-30): its description in the form of a JavaScript error.
  package init(_ error: any Error) {
    if let error = error as? any IpcError {
      self.init(
        detail: Self.text(name: error.name, message: error.message), name: error.name,
        code: error.code == .none ? nil : "\(error.code)", data: error.data)
    } else {
      self.init(detail: Self.text(message: "\(error)"))
    }
  }

  /// The text of `String(error)` for a JavaScript error.
  private static func text(name: String = "Error", message: String) -> String {
    if name.isEmpty { return message }
    return message.isEmpty ? name : "\(name): \(message)"
  }
}

/// A Swift error that gives the renderer more than a text.
///
/// Electron reduces every error to its message; here `name`, `code` and `data` arrive as properties of the
/// renderer's `Error`.
public protocol IpcError: Error {
  /// `error.name` in the renderer. `Error` by default.
  var name: String { get }
  /// The text after the name.
  var message: String { get }
  /// `error.code` in the renderer; `.none` for none.
  ///
  /// It has no default: a property `code` of another type is refused by the compiler, instead of being lost.
  var code: ErrorCode { get }
  /// `error.data` in the renderer, if anything.
  var data: CloneValue? { get }
}

extension IpcError {
  /// `Error`.
  public var name: String { "Error" }
  /// No data.
  public var data: CloneValue? { nil }
}
