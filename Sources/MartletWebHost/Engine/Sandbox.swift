// Whether web processes are in WebKit's sandbox. WebKit runs them without one, and says nothing, where it
// finds that none can be had: in containers, in Snaps, and in a Flatpak whose `flatpak-spawn` does not work.

internal import MartletGLib

enum Sandbox {
  /// Whether a process is in a sandbox of its own; nil when that cannot be known.
  ///
  /// - Parameter process: Its number as the kernel gives it to us: 0 where it has none here, as outside of
  ///   the Flatpak that this process is in.
  static func holds(_ process: Int32) -> Bool? {
    if process == 0 { return true }
    guard process > 0, let theirs = namespaces(of: "\(process)"), let ours = namespaces(of: "self") else {
      return nil
    }
    return theirs > ours
  }

  /// In how many process namespaces it has a number, as far as /proc sees them. The namespaces themselves are
  /// not for everybody to see.
  private static func namespaces(of process: String) -> Int? {
    guard let status = try? Files.contents(of: "/proc/\(process)/status") else { return nil }
    return namespaces(inStatus: String(decoding: status, as: UTF8.self))
  }

  /// The numbers in the line `NSpid` of a process' `status`.
  static func namespaces(inStatus status: String) -> Int? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
    return line.map { $0.split { $0 == "\t" || $0 == " " }.count - 1 }
  }

  /// What it means that WebKit gives up as it starts a process.
  static let explanation =
    "cannot start a web process in WebKit's sandbox: it takes /usr/bin/bwrap (Debian: bubblewrap) and "
    + "/usr/bin/xdg-dbus-proxy (Debian: xdg-dbus-proxy), and a kernel that lets this user make namespaces; "
    + "`bwrap --ro-bind / / --unshare-all true` shows whether it does"

  static let warning =
    "web processes run WITHOUT a sandbox: a page that breaks out of WebKit has all that this user has. "
    + "WebKit has none in a container, in a Snap, and in a Flatpak whose flatpak-spawn does not work; "
    + "elsewhere, see whether the environment turns it off"
}
