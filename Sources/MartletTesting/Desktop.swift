// A display and a session bus to run apps on: the user's if they exist, otherwise private ones that end with
// this process.

internal import CMartletGio
internal import Glibc
internal import Synchronization

/// The desktop on which apps under test show their windows.
///
/// It has one pointer and one keyboard: one test at a time uses it.
public final class Desktop: Sendable {
  /// Environment variables that an app needs to run on this desktop.
  public let environment: [String: String]
  /// Folder for this desktop's files, in the temporary folder. It is never emptied.
  let folder: String
  /// Address of its session bus.
  let bus: String
  nonisolated(unsafe) private let servers: ChildProcess?  // used by deinit alone
  private let lifeline: Int32?
  let crashes = Mutex<[String]>([])

  /// The desktop of the tests in this task; nil for the one that the process shares.
  @TaskLocal public static var current: Desktop?

  private static let processDesktop = Mutex<Desktop?>(nil)

  /// `current` where a test has one, otherwise the desktop that a test process shares.
  ///
  /// That is the user's own when `DISPLAY` is set, otherwise a private one. A display without a session bus,
  /// such as that of `xvfb-run`, gets one.
  public static func shared() throws -> Desktop {
    if let current { return current }
    return try processDesktop.withLock { desktop in
      if let desktop { return desktop }
      let made = try Desktop(isPrivate: !hasDisplay)
      desktop = made
      return made
    }
  }

  /// Whether the user has a display, which is used then instead of a private one.
  public static var hasDisplay: Bool { g_getenv("DISPLAY") != nil }

  /// Starts a desktop.
  ///
  /// - Parameter isPrivate: Whether to start a display (Xvfb) and a session bus of its own.
  public init(isPrivate: Bool) throws(TestingError) {
    folder = String(cString: g_dir_make_tmp("martlet-desktop-XXXXXX", nil))
    var environment = [
      // Isolates apps from the user's settings and folders.
      "XDG_CONFIG_HOME": folder + "/config", "XDG_DATA_HOME": folder + "/data",
      "XDG_CACHE_HOME": folder + "/cache",
      "XDG_STATE_HOME": folder + "/state", "GSETTINGS_BACKEND": "memory", "LC_ALL": "C.UTF-8",
    ]
    if !isPrivate, let bus = Self.usersBus {
      self.bus = bus
      self.environment = environment
      servers = nil
      lifeline = nil
      return
    }
    if isPrivate || g_getenv("XDG_RUNTIME_DIR") == nil {
      environment["XDG_RUNTIME_DIR"] = folder + "/run"
      mkdir(folder + "/run", 0o700)
    }
    try Self.writeBusConfiguration(to: folder + "/bus.conf")

    // The display's number is derived from the shell's process id, to avoid the number of a server that is
    // just ending. That server would remove the new one's socket, which WebKit's sandbox needs. The servers
    // end when the pipe on their standard input closes, which happens when this process ends.
    var pipe: [Int32] = [0, 0]
    guard Glibc.pipe(&pipe) == 0 else { throw TestingError("cannot make a pipe") }
    _ = fcntl(pipe[1], F_SETFD, FD_CLOEXEC)
    let script = """
      if [ "$2" = display ]; then
        Xvfb ":$((100 + $$ % 50000))" -noreset -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp \\
          3>"$1/display" &
        display=$!
      fi
      dbus-daemon --config-file="$1/bus.conf" --nofork --print-address=3 3>"$1/address" &
      bus=$!
      read _ || :
      kill ${display:-} $bus
      wait
      """
    servers = try ChildProcess(
      ["sh", "-c", script, "sh", folder, isPrivate ? "display" : ""], environment: environment,
      output: folder + "/servers.log", passing: [(pipe[0], STDIN_FILENO)])
    lifeline = pipe[1]
    if isPrivate {
      environment["GDK_BACKEND"] = "x11"
      // OpenGL is Mesa's software renderer here, which sometimes crashes with WebKit's painting threads.
      environment["WEBKIT_SKIA_ENABLE_CPU_RENDERING"] = "1"
      // It compiles GTK's shaders at each start of an app, too, for which cairo has no need.
      environment["GSK_RENDERER"] = "cairo"
      // Its start takes a third of the processor time that a web process with a short page needs.
      environment["WEBKIT_DISABLE_DMABUF_RENDERER"] = "1"
      environment["DISPLAY"] = ":" + (try Self.firstLine(of: folder + "/display", "Xvfb"))
    }
    bus = try Self.firstLine(of: folder + "/address", "the session bus")
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    self.environment = environment
  }

  /// Returns the apps that have crashed on this desktop since the last call, if no test waited for their end.
  /// An app is among them once its `AppUnderTest` is freed.
  public func takeCrashes() -> [String] {
    crashes.withLock { list in
      defer { list = [] }
      return list
    }
  }

  /// Address of the user's session bus as GLib finds it; nil when there is none.
  private static var usersBus: String? {
    if let address = g_getenv("DBUS_SESSION_BUS_ADDRESS") { return String(cString: address) }
    guard let folder = g_getenv("XDG_RUNTIME_DIR") else { return nil }
    let socket = String(cString: folder) + "/bus"
    return access(socket, F_OK) == 0 ? "unix:path=" + socket : nil
  }

  /// The shell ends the servers when its input closes, so it must not be killed first.
  deinit {
    guard let servers, let lifeline else { return }
    close(lifeline)
    _ = try? servers.wait(by: Deadline(seconds: 10))
  }

  private static func firstLine(of file: String, _ server: String) throws(TestingError) -> String {
    try eventually("\(server) to start") {
      let text = readFile(file)
      return text.hasSuffix("\n") ? text.split(separator: "\n").first.map(String.init) : nil
    }
  }

  /// Writes the configuration of a session bus that starts accessibility services only. A test decides what a
  /// portal would reply.
  private static func writeBusConfiguration(to file: String) throws(TestingError) {
    let services = Desktop.folderOfServices + "/services"
    mkdir(Desktop.folderOfServices, 0o700)
    mkdir(services, 0o700)
    let accessibility = "/usr/share/dbus-1/services/org.a11y.Bus.service"
    guard g_file_set_contents(services + "/org.a11y.Bus.service", readFile(accessibility), -1, nil) != 0,
      g_file_set_contents(
        file,
        """
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
          "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
          <type>session</type>
          <listen>unix:tmpdir=/tmp</listen>
          <auth>EXTERNAL</auth>
          <servicedir>\(services)</servicedir>
          <policy context="default">
            <allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/>
            <allow own="*"/>
          </policy>
        </busconfig>

        """, -1, nil) != 0
    else { throw TestingError("cannot write \(file)") }
  }

  private static var folderOfServices: String {
    String(cString: g_get_tmp_dir()) + "/martlet-services-\(getpid())"
  }
}

/// Text of a file, from a byte of it on; empty if it does not exist.
func readFile(_ path: String, from beginning: Int = 0) -> String {
  String(decoding: readBytes(path, from: beginning), as: UTF8.self)
}

/// Bytes of a file, from one of them on; empty if it does not exist.
func readBytes(_ path: String, from beginning: Int) -> [UInt8] {
  var text: UnsafeMutablePointer<CChar>?
  var length: gsize = 0
  guard g_file_get_contents(path, &text, &length, nil) != 0, let text else { return [] }
  defer { g_free(text) }
  return Array(UnsafeRawBufferPointer(start: text, count: Int(length)).dropFirst(beginning))
}
