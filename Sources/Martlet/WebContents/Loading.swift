// A load that is under way, which may be awaited or left alone.

internal import MartletClone
internal import MartletGLib
internal import MartletWebHost

/// How `loadFile` and `loadURL` end. Electron: the promise they return.
public final class Loading {
  private var result: Result<Void, LoadFailure>?
  private var waiting: [CheckedContinuation<Void, any Error>] = []
  private var isAwaited = false

  init() {}

  /// Returns when the page has finished loading.
  ///
  /// - Throws: `LoadFailure` with Electron's `errno`, `code` and `url`; `ERR_ABORTED` when another load took
  ///   over.
  public var value: Void {
    get async throws {
      isAwaited = true
      if let result { return try result.get() }
      try await withCheckedThrowingContinuation { waiting.append($0) }
    }
  }

  func finish(_ result: Result<Void, LoadFailure>) {
    guard self.result == nil else { return }
    self.result = result
    // As with an unhandled rejection: an error that nobody awaits is still said, but not before whoever began the load
    // has had the time to await it.
    if case .failure(let failure) = result, failure.code != .aborted {
      MainLoop.onIdle { [self] in if !isAwaited { Log.warning("\(failure)".asLogLine()) } }
    }
    waiting.forEach { $0.resume(with: result.mapError { $0 }) }
    waiting = []
  }
}
