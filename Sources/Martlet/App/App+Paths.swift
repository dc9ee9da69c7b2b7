// Where things are kept on this desktop.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension App {
  /// Electron's names for places. There may be more in later versions.
  public nonisolated struct PathName: Hashable, Sendable, CustomStringConvertible {
    enum Place: String {
      case home, appData, userData, sessionData, cache, temp, exe, module, desktop, documents, downloads,
        music
      case pictures, videos, logs, crashDumps
    }

    let place: Place
    public var description: String { place.rawValue }

    public static let home = PathName(place: .home)
    public static let appData = PathName(place: .appData)
    public static let userData = PathName(place: .userData)
    public static let sessionData = PathName(place: .sessionData)
    public static let cache = PathName(place: .cache)
    public static let temp = PathName(place: .temp)
    public static let exe = PathName(place: .exe)
    public static let module = PathName(place: .module)
    public static let desktop = PathName(place: .desktop)
    public static let documents = PathName(place: .documents)
    public static let downloads = PathName(place: .downloads)
    public static let music = PathName(place: .music)
    public static let pictures = PathName(place: .pictures)
    public static let videos = PathName(place: .videos)
    public static let logs = PathName(place: .logs)
    public static let crashDumps = PathName(place: .crashDumps)
  }

  /// The folder or file that `name` stands for, by the XDG rules.
  ///
  /// Where Electron keeps everything in one folder of the configuration, caches and logs are in the places
  /// that the desktop cleans and backs up accordingly.
  public func path(_ name: PathName) -> String {
    switch name.place {
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
