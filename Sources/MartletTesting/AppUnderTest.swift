// An app as a child process, driven as a person would, and looked into as only a test may.

internal import CMartletGio
internal import Glibc
internal import MartletClone

/// A Martlet app that a test has started.
///
/// ```swift
/// let app = try AppUnderTest("SetTitle")
/// let window = try app.window(titled: "Hello World!")
/// try window.click("#title")
/// try app.type("Swift")
/// try window.click("#btn")
/// _ = try app.window(titled: "Swift")
/// ```
///
/// The app runs on `Desktop.shared()`, with folders of its own, and ends with this object. Use it from one
/// thread.
public final class AppUnderTest {
  public let desktop: Desktop
  private let process: ChildProcess
  let driver: DriverConnection
  private let logFile: String

  nonisolated(unsafe) private static var started = 0

  /// Starts an app.
  ///
  /// - Parameters:
  ///   - executable: A path, or the name of an executable of the package that is being tested.
  ///   - environment: Variables to set on top of the desktop's.
  public init(
    _ executable: String, arguments: [String] = [], environment: [String: String] = [:],
    on desktop: Desktop? = nil
  ) throws {
    self.desktop = try desktop ?? .shared()
    Self.started += 1
    logFile = self.desktop.folder + "/app-\(Self.started).log"
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw TestingError("cannot make a socket pair")
    }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    driver = DriverConnection(ends[0])
    let number: Int32 = 3
    process = try ChildProcess(
      [Self.path(of: executable)] + arguments,
      environment: self.desktop.environment.merging(["MARTLET_TEST_DRIVER": "\(number)"]) { $1 }
        .merging(environment) { $1 },
      output: logFile, passing: [(ends[1], number)])
  }

  // Products of the package lie beside the test bundle.
  /// The path of an executable, or of another product, of the package that is being tested.
  public static func path(of executable: String) -> String {
    if executable.contains("/") { return executable }
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      let folder = argument.split(separator: "/", omittingEmptySubsequences: false)
        .prefix { !$0.contains(".xctest") }.joined(separator: "/")
      return folder + "/" + executable
    }
    let own = String(cString: realpath("/proc/self/exe", nil))
    return own[..<(own.lastIndex(of: "/") ?? own.startIndex)] + "/" + executable
  }

  // MARK: Looking

  /// What the app has written to its log, its standard output and its standard error so far.
  public var log: String { readFile(logFile) }

  public var pid: Int32? { process.pid }

  public var isRunning: Bool { process.isRunning }

  /// The windows that are open now.
  public func windows() throws -> [WindowUnderTest] {
    guard case .array(let list) = try call("windows") else { return [] }
    return try list.elements.map { try WindowUnderTest($0, of: self) }
  }

  /// Waits for a window.
  public func window(
    titled title: String? = nil, by deadline: Deadline = .usual
  ) throws -> WindowUnderTest {
    let what = title.map { "a window titled '\($0)'" } ?? "a window"
    return try whileRunning(what, by: deadline) {
      try self.windows().first { title == nil || $0.title == title }
    }
  }

  /// Waits for a text in the log.
  public func waitForLog(_ text: String, by deadline: Deadline = .usual) throws {
    _ = try whileRunning("'\(text)' in the log", by: deadline) { self.log.contains(text) ? true : nil }
  }

  /// Looks again and again until `look` finds something, but not longer than the app runs.
  private func whileRunning<T>(_ what: String, by deadline: Deadline, _ look: () throws -> T?) throws -> T {
    do {
      let found: T? = try eventually(what, by: deadline) {
        let isRunning = self.isRunning
        do {
          if let found = try look() { return .some(found) }
        } catch _ where !isRunning {}
        return isRunning ? .none : .some(nil)
      }
      guard let found else { throw TestingError("the app is gone, and there was no \(what)") }
      return found
    } catch {
      throw TestingError("\(error)\n--- the app's log ---\n\(log)")
    }
  }

  // MARK: Ending

  /// Quits the app as its menu would, and waits: its exit status.
  @discardableResult
  public func quit(by deadline: Deadline = .usual) throws -> Int32 {
    _ = try? call("quit")
    return try waitForExit(by: deadline)
  }

  /// Waits until the app has ended by itself: its exit status, or 128 and the signal that killed it.
  public func waitForExit(by deadline: Deadline = .usual) throws -> Int32 {
    do {
      return try process.wait(by: deadline)
    } catch {
      throw TestingError("\(error)\n--- the app's log ---\n\(log)")
    }
  }

  func call(
    _ command: String, _ arguments: (String, CloneValue)..., by deadline: Deadline = .usual
  ) throws -> CloneValue {
    do {
      return try driver.call(command, arguments, by: deadline)
    } catch let error as TestingError {
      throw TestingError("\(error)\n--- the app's log ---\n\(log)")
    }
  }

  /// How many Swift closures C code holds in the app: what a test of leaks compares.
  public func closureCount() throws -> Int {
    try Int.decode(from: try call("counts")["closures"])
  }

  /// How many values with cycles in them, of messages and replies, the app has not freed yet.
  public func cyclicValueCount() throws -> Int {
    try Int.decode(from: try call("counts")["cyclicValues"])
  }
}
