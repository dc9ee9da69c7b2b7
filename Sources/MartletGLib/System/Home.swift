// The user's folders, which can be missing in kiosks, containers and for system users.

internal import CMartletWebKit
internal import Glibc

package nonisolated enum Home {
  /// The path where the home folder should be, by HOME or the system's user database, when it is missing.
  nonisolated(unsafe) package private(set) static var missing: String?

  /// Ensures that a home folder exists, creating it if necessary: WebKit crashes without one, and its sandbox
  /// needs to create folders in it. If it cannot be created, a temporary folder serves while the app runs. If
  /// the runtime folder for sockets cannot be created, its variable is unset. Call this before anything asks
  /// GLib for either folder.
  package static func makeSure() {
    if let folder = environment("XDG_RUNTIME_DIR"), !canMake(folder) { unsetenv("XDG_RUNTIME_DIR") }
    guard let home = environment("HOME") ?? homeOfUser, !canMake(home) else { return }
    missing = home
    // The path that GLib uses for a user without a known home.
    guard let substitute = String(taking: g_dir_make_tmp("martlet-home-XXXXXX", nil)) else {
      setenv("HOME", "/", 1)
      return
    }
    setenv("HOME", substitute, 1)
    temporary = substitute
    atexit { Home.temporary.map(Files.removeTree) }
  }

  nonisolated(unsafe) private static var temporary: String?

  /// Whether the folders that are below the home folder by default are elsewhere.
  package static var isNotNeeded: Bool {
    environment("XDG_DATA_HOME") != nil && environment("XDG_CACHE_HOME") != nil
  }

  private static func canMake(_ folder: String) -> Bool {
    g_mkdir_with_parents(folder, 0o700) == 0 || Files.isFolder(folder)
  }

  /// A variable with a value: the XDG rules treat an empty one as unset.
  private static func environment(_ name: String) -> String? {
    g_getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static var homeOfUser: String? {
    getpwuid(getuid())?.pointee.pw_dir.map { String(cString: $0) }
  }
}
