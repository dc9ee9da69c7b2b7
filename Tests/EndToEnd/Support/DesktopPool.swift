// Runs three suites at once, each on a desktop of its own: a display, a pointer, a session bus.

import MartletTesting
import Testing

/// The desktops of this process. A suite waits here until one is idle.
private actor DesktopPool {
  static let shared = DesktopPool()

  /// On the user's own display, windows of two suites would take the focus from each other.
  private let limit = Desktop.hasDisplay ? 1 : 3
  private var started = 0
  private var idle: [Desktop] = []
  private var waiting: [CheckedContinuation<Desktop, Never>] = []

  func acquire() async throws -> Desktop {
    if let desktop = idle.popLast() { return desktop }
    guard started < limit else { return await withCheckedContinuation { waiting.append($0) } }
    let desktop = try Desktop(isPrivate: !Desktop.hasDisplay)
    started += 1
    return desktop
  }

  func release(_ desktop: Desktop) {
    if waiting.isEmpty { idle.append(desktop) } else { waiting.removeFirst().resume(returning: desktop) }
  }
}

/// Gives a suite a desktop of its own, and the apps that its tests share, for as long as it runs. A suite
/// fails if one of its apps has crashed, even if no test has noticed.
struct OwnDesktop: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let desktop = try await DesktopPool.shared.acquire()
    let result: Result<Void, any Error>
    do {
      result = .success(
        try await Desktop.$current.withValue(desktop) {
          try await SharedApps.$current.withValue(SharedApps()) { try await function() }
        })
    } catch {
      result = .failure(error)
    }
    for crash in desktop.takeCrashes() { Issue.record("\(crash)") }
    await DesktopPool.shared.release(desktop)
    try result.get()
  }
}

extension SuiteTrait where Self == OwnDesktop {
  static var ownDesktop: Self { Self() }
}
