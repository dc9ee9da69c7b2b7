// A display and a session bus to run apps on: the user's where there are such, else private ones that end
// with this process.

internal import CMartletGio
internal import Glibc

/// Where apps under test show their windows.
public final class Desktop {
  /// What an app needs in its environment to be on this desktop.
  public let environment: [String: String]
  /// A folder for this desktop's files, emptied by nobody: it lies in the temporary folder.
  let folder: String
  /// The address of its session bus.
  let bus: String
  private let servers: ChildProcess?
  private let lifeline: Int32?

  /// The desktop that a test process shares: the user's own when `DISPLAY` is set, else a private one. A
  /// display without a session bus, such as `xvfb-run` makes, gets one.
  nonisolated(unsafe) private static var sharedDesktop: Desktop?

  public static func shared() throws -> Desktop {
    if let sharedDesktop { return sharedDesktop }
    let desktop = try Desktop(isPrivate: g_getenv("DISPLAY") == nil)
    sharedDesktop = desktop
    return desktop
  }

  /// Starts a desktop.
  ///
  /// - Parameter isPrivate: Whether it gets a display (Xvfb) and a bus of its own.
  public init(isPrivate: Bool) throws(TestingError) {
    folder = String(cString: g_dir_make_tmp("martlet-desktop-XXXXXX", nil))
    var environment = [
      // Nothing of the user's settings, and nothing left behind in their folders.
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

    // The display's number is the shell's, so that no server that is just ending has it too: that one would
    // take away the socket of the new one, which WebKit's sandbox needs. The servers live as long as the pipe
    // on their standard input, whose other end dies with this process.
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
      // GL is Mesa's here, on the processor, and now and then crashes under the threads that WebKit paints
      // with.
      environment["WEBKIT_SKIA_ENABLE_CPU_RENDERING"] = "1"
      environment["DISPLAY"] = ":" + (try Self.firstLine(of: folder + "/display", "Xvfb"))
    }
    bus = try Self.firstLine(of: folder + "/address", "the session bus")
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus
    self.environment = environment
  }

  /// Where GLib finds the session bus of the user's desktop; nil when there is none.
  private static var usersBus: String? {
    if let address = g_getenv("DBUS_SESSION_BUS_ADDRESS") { return String(cString: address) }
    guard let folder = g_getenv("XDG_RUNTIME_DIR") else { return nil }
    let socket = String(cString: folder) + "/bus"
    return access(socket, F_OK) == 0 ? "unix:path=" + socket : nil
  }

  /// Ends the servers: the shell that started them does, so it must not be killed first.
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

  /// A session bus with accessibility and nothing else: what a portal would answer is the test's to decide.
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

/// A file's text; empty when there is none.
func readFile(_ path: String) -> String {
  var text: UnsafeMutablePointer<CChar>?
  guard g_file_get_contents(path, &text, nil, nil) != 0, let text else { return "" }
  defer { g_free(text) }
  return String(cString: text)
}
