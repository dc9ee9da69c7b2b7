// Electron's app.getPath, with the folders of the XDG base directory specification.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletWebHost

extension App {
  /// The name of a standard folder or file, as in Electron's `app.getPath(name)`. Later versions may add
  /// names.
  public nonisolated struct PathName: Hashable, Sendable, CustomStringConvertible {
    enum Place: String {
      case home, appData, userData, sessionData, cache, temp, exe, module, desktop, documents, downloads,
        music
      case pictures, videos, logs, crashDumps
    }

    let place: Place
    public var description: String { place.rawValue }

    fileprivate init(place: Place) { self.place = place }

    /// The name that Electron spells like this; nil if there is none.
    package init?(_ name: String) {
      guard let place = Place(rawValue: name) else { return nil }
      self.place = place
    }

    /// The user's home folder.
    public static let home = PathName(place: .home)
    /// The folder of all apps' settings: `$XDG_CONFIG_HOME`, or `~/.config`.
    public static let appData = PathName(place: .appData)
    /// This app's settings: the folder named by the app id in `appData`.
    public static let userData = PathName(place: .userData)
    /// This app's data that the engine stores for pages: the folder named by the app id in `$XDG_DATA_HOME`.
    public static let sessionData = PathName(place: .sessionData)
    /// This app's cache: the folder named by the app id in `$XDG_CACHE_HOME`.
    public static let cache = PathName(place: .cache)
    /// The folder for temporary files.
    public static let temp = PathName(place: .temp)
    /// The executable file.
    public static let exe = PathName(place: .exe)
    /// The file that contains Martlet's code.
    public static let module = PathName(place: .module)
    /// The user's desktop folder.
    public static let desktop = PathName(place: .desktop)
    /// The user's documents folder.
    public static let documents = PathName(place: .documents)
    /// The user's downloads folder.
    public static let downloads = PathName(place: .downloads)
    /// The user's music folder.
    public static let music = PathName(place: .music)
    /// The user's pictures folder.
    public static let pictures = PathName(place: .pictures)
    /// The user's videos folder.
    public static let videos = PathName(place: .videos)
    /// This app's logs: `<app id>/logs` in `$XDG_STATE_HOME`.
    public static let logs = PathName(place: .logs)
    /// This app's crash dumps: `<app id>/crashes` in `$XDG_STATE_HOME`.
    public static let crashDumps = PathName(place: .crashDumps)
  }

  /// The absolute path of a standard folder or file. It need not exist.
  ///
  /// Electron: `app.getPath(name)`, which keeps everything of an app in one folder below the settings. Here
  /// caches and logs are in the XDG folders for them, so that the desktop's cleaning and backup rules apply.
  ///
  /// - Parameter name: The folder or file.
  /// - Returns: An absolute path. The home folder if the user has no folder of that kind.
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

  /// One of the user's XDG folders, or the home folder if it is not configured.
  private func special(_ folder: GUserDirectory) -> String {
    g_get_user_special_dir(folder).map { String(cString: $0) } ?? path(.home)
  }
}
