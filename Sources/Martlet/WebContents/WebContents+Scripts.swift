// executeJavaScript: code that the app wrote runs in the page, and its value comes back through the codec.

public import MartletClone
package import MartletWebHost

extension WebContents {
  /// Runs `code` in the world of the page's main frame and returns the value of its last expression; a promise is awaited.
  ///
  /// It waits for the end of a load that is under way, and for a first one where there has been none:
  /// `mainFrame.executeJavaScript` does not. The code is a script of the app's own: put no data into its text; send data by
  /// IPC. `import('./module.mjs')` is relative to the page.
  ///
  /// - Throws: `ScriptError` with what the script threw, or when the page is left first.
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
    mainFrame.scripts.failAll("the page is gone")
  }

  /// A load has ended, or there will be none any more.
  func runWaitingScripts() {
    let waiting = scriptsThatWait
    scriptsThatWait = []
    for script in waiting { script.resume() }
  }
}

/// An error that a script of `executeJavaScript` threw.
public struct ScriptError: Error, CustomStringConvertible {
  /// The error's name and text, such as `ReferenceError: Can't find variable: x`.
  public let message: String
  public let stack: String

  public var description: String { message }
}

/// Scripts whose value has not come yet.
struct PendingScripts {
  private var pending: [UInt32: PendingScript] = [:]
  private var last: UInt32 = 0

  mutating func add() -> PendingScript {
    last &+= 1
    let script = PendingScript(call: last)
    pending[last] = script
    return script
  }

  /// `[ok, value]` has come.
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

  mutating func failAll(_ reason: String) {
    let all = pending.values
    pending = [:]
    all.forEach { $0.finish(.failure(ScriptError(message: reason, stack: ""))) }
  }
}

/// One script that runs in a page.
final class PendingScript {
  let call: UInt32
  private var result: Result<CloneValue, ScriptError>?
  private var waiting: CheckedContinuation<Void, Never>?

  init(call: UInt32) { self.call = call }

  /// The script's value, once it is there. For one caller.
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
