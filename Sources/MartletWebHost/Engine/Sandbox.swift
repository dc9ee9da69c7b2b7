// Checks whether web processes are sandboxed. WebKit silently runs them without a sandbox when none is
// available: in containers, in Snaps, and in a Flatpak whose `flatpak-spawn` does not work.

internal import MartletGLib

enum Sandbox {
  /// Whether a process is in a sandbox of its own; nil when that cannot be determined.
  ///
  /// - Parameter process: The process id from the kernel: 0 when the process has none in our namespace, as
  ///   outside of the Flatpak that this process is in.
  static func holds(_ process: Int32) -> Bool? {
    if process == 0 { return true }
    guard process > 0, let theirs = namespaces(of: "\(process)"), let ours = namespaces(of: "self") else {
      return nil
    }
    return theirs > ours
  }

  /// The number of process namespaces in which it has an id, as far as /proc shows them. The namespaces
  /// themselves are not readable by every user.
  private static func namespaces(of process: String) -> Int? {
    guard let status = try? Files.contents(of: "/proc/\(process)/status") else { return nil }
    return namespaces(inStatus: String(decoding: status, as: UTF8.self))
  }

  /// The number of ids in the line `NSpid` of a process's `status`.
  static func namespaces(inStatus status: String) -> Int? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("NSpid:") }
    return line.map { $0.split { $0 == "\t" || $0 == " " }.count - 1 }
  }

  /// The explanation that is logged when WebKit aborts while starting a process.
  static let explanation =
    "cannot start a web process in WebKit's sandbox: it needs /usr/bin/bwrap (Debian: bubblewrap) and "
    + "/usr/bin/xdg-dbus-proxy (Debian: xdg-dbus-proxy), and a kernel that lets this user make namespaces; "
    + "`bwrap --ro-bind / / --unshare-all true` shows whether it does"

  static let warning =
    "web processes run WITHOUT a sandbox: a page that breaks out of WebKit gets all rights of this user. "
    + "WebKit makes none in a container, in a Snap, and in a Flatpak whose flatpak-spawn does not work; "
    + "elsewhere, see whether the environment turns it off"
}
