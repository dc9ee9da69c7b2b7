// Runs an app as a child process. A test drives it with real input, and inspects it over a test-only socket.

internal import CMartletGio
internal import Glibc
internal import MartletClone
internal import Synchronization

/// A Martlet app started by a test. It corresponds to `ElectronApplication` of Playwright's Electron support.
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
/// The app runs on `Desktop.shared()`, with folders for settings, data and caches separate from the user's,
/// and ends when this object is freed. Use it from one thread.
public final class AppUnderTest {
  /// The desktop that the app runs on.
  public let desktop: Desktop
  private let process: ChildProcess
  let driver: DriverConnection
  private let executable: String
  private let logFile: String
  /// The part of the log before this many bytes is not shown: it is of the tests that had this app before.
  private var logBeginning = 0
  /// Whether the test knows how the app ended.
  private var isExitKnown = false

  private static let started = Atomic(0)

  /// Starts an app.
  ///
  /// - Parameters:
  ///   - executable: A path, or the name of an executable of the package under test.
  ///   - arguments: The arguments after the program's name.
  ///   - environment: Variables to set in addition to the desktop's.
  ///   - desktop: The desktop to run on; nil for `Desktop.shared()`.
  public init(
    _ executable: String, arguments: [String] = [], environment: [String: String] = [:],
    on desktop: Desktop? = nil
  ) throws {
    self.desktop = try desktop ?? .shared()
    self.executable = executable
    let number = Self.started.add(1, ordering: .relaxed).newValue
    logFile = self.desktop.folder + "/app-\(number).log"
    var ends: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
      throw TestingError("cannot make a socket pair")
    }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    driver = DriverConnection(ends[0])
    let driverNumber: Int32 = 3
    process = try ChildProcess(
      [Self.path(of: executable)] + arguments,
      environment: self.desktop.environment.merging(["MARTLET_TEST_DRIVER": "\(driverNumber)"]) { $1 }
        .merging(environment) { $1 },
      output: logFile, passing: [(ends[1], driverNumber)])
  }

  /// Starts an Electron app, with the command `martlet` of `PATH`.
  ///
  /// - Parameters:
  ///   - folder: The absolute path of the folder with its package.json.
  ///   - arguments: The app's arguments.
  ///   - environment: Variables to set in addition to the desktop's.
  ///   - desktop: The desktop to run on; nil for `Desktop.shared()`.
  public convenience init(
    electronApp folder: String, arguments: [String] = [], environment: [String: String] = [:],
    on desktop: Desktop? = nil
  ) throws {
    try self.init(
      "/usr/bin/env", arguments: ["martlet", "run", folder, "--"] + arguments, environment: environment,
      on: desktop)
  }

  deinit {
    guard !isExitKnown, let signal = process.crashSignal else { return }
    desktop.crashes.withLock {
      $0.append("\(executable) was ended by signal \(signal)\n--- the app's log ---\n\(log)")
    }
  }

  // Products of the package are beside the test bundle.
  /// The path of an executable or other product of the package under test.
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

  // MARK: Inspecting

  /// The app's log, standard output and standard error so far.
  public var log: String { readFile(logFile, from: logBeginning) }

  /// Waits for a line in the log. The log begins after it from then on.
  package func beginLog(afterLine line: String, by deadline: Deadline = .usual) throws {
    logBeginning += try whileRunning("the line '\(line)' in the log", by: deadline) {
      readBytes(logFile, from: logBeginning).firstRange(of: Array("\(line)\n".utf8))?.upperBound
    }
  }

  /// The app's process id. Nil once the app has ended.
  public var pid: Int32? { process.pid }

  /// Whether the app has not ended yet.
  public var isRunning: Bool { process.isRunning }

  /// The windows that are open now.
  public func windows() throws -> [WindowUnderTest] {
    guard case .array(let list) = try call("windows") else { return [] }
    return try list.elements.map { try WindowUnderTest($0, of: self) }
  }

  /// Waits for a window and returns it.
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

  /// Polls `look` until it returns a value. Fails at the deadline, or when the app ends.
  private func whileRunning<T>(_ what: String, by deadline: Deadline, _ look: () throws -> T?) throws -> T {
    do {
      let found: T? = try eventually(what, by: deadline) {
        let isRunning = self.isRunning
        do {
          if let found = try look() { return .some(found) }
        } catch _ where !isRunning {}
        return isRunning ? .none : .some(nil)
      }
      guard let found else { throw TestingError("the app ended while the test waited for \(what)") }
      return found
    } catch {
      throw TestingError("\(error)\n--- the app's log ---\n\(log)")
    }
  }

  // MARK: Ending

  /// Quits the app as its menu would, waits for its end and returns its exit status.
  @discardableResult
  public func quit(by deadline: Deadline = .usual) throws -> Int32 {
    _ = try? call("quit")
    return try waitForExit(by: deadline)
  }

  /// Waits until the app ends by itself. Returns its exit status, or 128 plus the signal that killed it.
  public func waitForExit(by deadline: Deadline = .usual) throws -> Int32 {
    do {
      let status = try process.wait(by: deadline)
      isExitKnown = true
      return status
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

  /// Number of Swift closures held by C code in the app, for tests of leaks.
  public func closureCount() throws -> Int {
    try Int.decode(from: try call("counts")["closures"])
  }

  /// Number of cyclic values from messages and replies that the app has not freed yet.
  public func cyclicValueCount() throws -> Int {
    try Int.decode(from: try call("counts")["cyclicValues"])
  }
}
