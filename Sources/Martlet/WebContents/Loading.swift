// A load in progress, which can be awaited or ignored.

internal import MartletClone
internal import MartletGLib
internal import MartletWebHost

/// The outcome of `loadFile` or `loadURL`. An app may await it or ignore it; an ignored failure is logged.
///
/// ```swift
/// try await window.loadFile("index.html").value
/// ```
///
/// Electron: the promise that they return.
public final class Loading {
  private var result: Result<Void, LoadFailure>?
  private var waiting: [CheckedContinuation<Void, any Error>] = []
  private var isAwaited = false

  init() {}

  /// Waits until the page has finished loading.
  ///
  /// - Throws: `LoadFailure` with Electron's `errno`, `code` and `url`. Its code is `ERR_ABORTED` if another
  ///   load has replaced this one.
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
    // Like an unhandled rejection: a failure that is not awaited is logged. The log waits a moment, so that
    // the caller has time to await the load.
    if case .failure(let failure) = result, failure.code != .aborted {
      MainLoop.onIdle { [self] in if !isAwaited { Log.warning("\(failure)".asLogLine()) } }
    }
    waiting.forEach { $0.resume(with: result.mapError { $0 }) }
    waiting = []
  }
}
