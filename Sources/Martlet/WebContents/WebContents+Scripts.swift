// executeJavaScript: runs a script of the app in the page. The codec carries its result.

public import MartletIPC
public import MartletClone
package import MartletWebHost

extension WebContents {
  /// Runs a script in the page's world of the main frame, and returns the value of its last expression. A
  /// promise is awaited.
  ///
  /// If a load is in progress, or the page has not been loaded yet, the script runs when that load has ended.
  /// `mainFrame.executeJavaScript` does not wait. `import('./module.mjs')` is relative to the page.
  ///
  /// Never insert data into the script's text: send data by IPC.
  ///
  /// Electron: `webContents.executeJavaScript(code)`.
  ///
  /// - Parameter code: The script.
  /// - Returns: The script's value.
  /// - Throws: `ScriptError` with the error that the script threw, or if the page is left first.
  @discardableResult
  public func executeJavaScript(_ code: String) async throws -> CloneValue {
    while !isDestroyed, url.isEmpty || isLoading {
      await withCheckedContinuation { scriptsThatWait.append($0) }
    }
    return try await mainFrame.executeJavaScript(code)
  }

  package func pageHost(
    _ host: PageHost, didEvaluate script: UInt32, _ answer: CloneValue, in frame: RendererFrame
  ) {
    self.frame(frame).scripts.finish(script, with: answer)
  }

  package func pageHostExpectsNobody(_ host: PageHost) {
    mainFrame.scripts.failAll()
  }

  /// Runs a script like `executeJavaScript(_:)`, and converts its value to a Swift type.
  ///
  /// ```swift
  /// let height: Int = try await contents.executeJavaScript("document.body.scrollHeight")
  /// ```
  ///
  /// - Parameters:
  ///   - code: The script.
  ///   - type: The type of the result.
  /// - Throws: `ScriptError`, or `CloneTypeMismatch` if the value does not convert to that type.
  public func executeJavaScript<T: CloneDecodable>(_ code: String, as type: T.Type = T.self) async throws -> T
  {
    let value: CloneValue = try await executeJavaScript(code)
    return try value.converted(to: type)
  }

  /// A load has ended, or no load will follow.
  func runWaitingScripts() {
    let waiting = scriptsThatWait
    scriptsThatWait = []
    for script in waiting { script.resume() }
  }
}

/// The error that a script of `executeJavaScript` threw, or the reason why it has no value.
public struct ScriptError: MartletError, Hashable {
  public let code: ErrorCode
  /// The error's name and text, such as `ReferenceError: Can't find variable: x`.
  public let message: String
  /// The JavaScript stack trace. Empty if the script did not throw.
  public let stack: String

  /// The script has no value for a reason outside of it.
  init(_ code: ErrorCode, _ message: String) {
    self.code = code
    self.message = message
    stack = ""
  }

  /// The script threw.
  init(message: String, stack: String) {
    code = .scriptThrew
    self.message = message
    self.stack = stack
  }

  static var pageGone: ScriptError { ScriptError(.pageGone, "the page is gone") }
}

nonisolated extension ErrorCode {
  /// A script of `executeJavaScript` threw.
  public static let scriptThrew: ErrorCode = "ERR_SCRIPT_THREW"
  /// The page was left or destroyed before the script had ended.
  public static let pageGone: ErrorCode = "ERR_PAGE_GONE"
}

/// Scripts whose value has not arrived yet.
struct PendingScripts {
  private var pending: [UInt32: PendingScript] = [:]
  private var last: UInt32 = 0

  mutating func add() -> PendingScript {
    last &+= 1
    let script = PendingScript(call: last)
    pending[last] = script
    return script
  }

  /// The result `[ok, value]` has arrived.
  mutating func finish(_ call: UInt32, with answer: CloneValue) {
    if case .bool(true) = answer[0] { return finish(call, .success(answer[1])) }
    let about = answer[1]
    let message = try? String.decode(from: about["message"])
    let stack = try? String.decode(from: about["stack"])
    finish(call, .failure(ScriptError(message: message ?? "unknown error", stack: stack ?? "")))
  }

  mutating func finish(_ call: UInt32, _ result: Result<CloneValue, ScriptError>) {
    pending.removeValue(forKey: call)?.finish(result)
  }

  /// The page is gone.
  mutating func failAll() {
    let all = pending.values
    pending = [:]
    all.forEach { $0.finish(.failure(.pageGone)) }
  }
}

/// One script that runs in a page.
final class PendingScript {
  let call: UInt32
  private var result: Result<CloneValue, ScriptError>?
  private var waiting: CheckedContinuation<Void, Never>?

  init(call: UInt32) { self.call = call }

  /// Waits for the script's value. Only one caller may use it.
  var value: CloneValue {
    get async throws {
      if result == nil { await withCheckedContinuation { waiting = $0 } }
      return try result!.get()
    }
  }

  func finish(_ result: Result<CloneValue, ScriptError>) {
    self.result = result
    waiting?.resume()
    waiting = nil
  }
}
