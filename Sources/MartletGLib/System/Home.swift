// The user's folders, which kiosks, system users and containers may not have.

internal import CMartletWebKit
internal import Glibc

package nonisolated enum Home {
  /// Where there should be one, by HOME or by the system's users, but is none.
  nonisolated(unsafe) package private(set) static var missing: String?

  /// Sees to it that there is a home, by making it if need be: WebKit crashes where there is none, and its
  /// sandbox wants to have folders in it. One that cannot be made is a temporary folder, for as long as the
  /// app runs. A folder for sockets that cannot be had is none, as if it were not named. To be called before
  /// anything has asked GLib for either.
  package static func makeSure() {
    if let folder = environment("XDG_RUNTIME_DIR"), !canMake(folder) { unsetenv("XDG_RUNTIME_DIR") }
    guard let home = environment("HOME") ?? homeOfUser, !canMake(home) else { return }
    missing = home
    // As GLib has it of a user of whom it knows no home.
    guard let substitute = String(taking: g_dir_make_tmp("martlet-home-XXXXXX", nil)) else {
      setenv("HOME", "/", 1)
      return
    }
    setenv("HOME", substitute, 1)
    temporary = substitute
    atexit { Home.temporary.map(Files.removeTree) }
  }

  nonisolated(unsafe) private static var temporary: String?

  /// Whether what is kept below the home folder by default is elsewhere.
  package static var isNotNeeded: Bool {
    environment("XDG_DATA_HOME") != nil && environment("XDG_CACHE_HOME") != nil
  }

  private static func canMake(_ folder: String) -> Bool {
    g_mkdir_with_parents(folder, 0o700) == 0 || Files.isFolder(folder)
  }

  /// A variable that is set to something: to be empty is not to be there, by the XDG rules.
  private static func environment(_ name: String) -> String? {
    g_getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static var homeOfUser: String? {
    getpwuid(getuid())?.pointee.pw_dir.map { String(cString: $0) }
  }
}
