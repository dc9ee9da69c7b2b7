// Where things are kept on this desktop.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension App {
  /// Electron's names for places.
  public enum PathName: String, CaseIterable, Sendable {
    case home, appData, userData, sessionData, cache, temp, exe, module, desktop, documents, downloads, music
    case pictures, videos, logs, crashDumps
  }

  /// The folder or file that `name` stands for, by the XDG rules.
  ///
  /// Where Electron keeps everything in one folder of the configuration, caches and logs are in the places
  /// that the desktop cleans and backs up accordingly.
  public func path(_ name: PathName) -> String {
    switch name {
    case .home: String(cString: g_get_home_dir())
    case .appData: String(cString: g_get_user_config_dir())
    case .userData: String(cString: g_get_user_config_dir()) + "/" + id
    case .sessionData: String(cString: g_get_user_data_dir()) + "/" + id
    case .cache: String(cString: g_get_user_cache_dir()) + "/" + id
    case .temp: String(cString: g_get_tmp_dir())
    case .exe: InstalledFiles.executable
    case .module: InstalledFiles.module
    case .logs: String(cString: g_get_user_state_dir()) + "/" + id + "/logs"
    case .crashDumps: String(cString: g_get_user_state_dir()) + "/" + id + "/crashes"
    case .desktop: special(G_USER_DIRECTORY_DESKTOP)
    case .documents: special(G_USER_DIRECTORY_DOCUMENTS)
    case .downloads: special(G_USER_DIRECTORY_DOWNLOAD)
    case .music: special(G_USER_DIRECTORY_MUSIC)
    case .pictures: special(G_USER_DIRECTORY_PICTURES)
    case .videos: special(G_USER_DIRECTORY_VIDEOS)
    }
  }

  /// A folder of the user's; the home folder where the desktop has none by that name.
  private func special(_ folder: GUserDirectory) -> String {
    g_get_user_special_dir(folder).map { String(cString: $0) } ?? path(.home)
  }
}
