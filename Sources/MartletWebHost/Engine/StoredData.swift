// The location of WebKit's stored data and cache: the user's folders, or memory only.

internal import CMartletWebKit
internal import MartletGLib
internal import Glibc

enum StoredData {
  /// The session that all views share. If a folder is missing and cannot be created, nothing is stored on
  /// disk: storage, cookies and cache last as long as the app runs.
  static func session(appID: String) -> GObjectRef {
    if let home = Home.missing, !Home.isNotNeeded {
      return session(withoutFolder: home, "it is missing and cannot be created")
    }
    let folders = [g_get_user_data_dir(), g_get_user_cache_dir()].map { String(cString: $0!) + "/" + appID }
    for folder in folders {
      if let reason = reasonAgainst(folder) { return session(withoutFolder: folder, reason) }
    }
    return GObjectRef(adopting: webkit_network_session_new(folders[0], folders[1]))
  }

  private static func session(withoutFolder folder: String, _ reason: String) -> GObjectRef {
    Log.warning(
      "storage, cookies and cache are lost when the app ends: "
        + "\(folder) cannot be used (\(reason)). "
        + "Set HOME, or XDG_DATA_HOME and XDG_CACHE_HOME, to folders that this user can write"
    )
    return GObjectRef(adopting: webkit_network_session_new_ephemeral())
  }

  /// The reason why a folder cannot be used; nil when it exists or was created, and is writable.
  private static func reasonAgainst(_ path: String) -> String? {
    if g_mkdir_with_parents(path, 0o700) == 0, access(path, W_OK | X_OK) == 0 { return nil }
    return String(cString: strerror(errno))
  }
}
