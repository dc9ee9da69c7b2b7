// Electron's dialog: the desktop's own choosers. The portal's inside Flatpak, GTK's elsewhere.

internal import CMartletShim
internal import CMartletWebKit
public import MartletClone
internal import MartletGLib
public import MartletIPC

/// The desktop's dialogs. There is no `…Sync`: `await` does the job without a nested loop.
public struct Dialog {
  init() {}

  /// Asks the user for files or folders.
  ///
  /// ```swift
  /// let result = try await dialog.showOpenDialog(window) { $0.properties = [.openFile, .multiSelections] }
  /// ```
  ///
  /// Cancelling the task closes the dialog as cancelled, and so does the end of its parent.
  ///
  /// - Parameters:
  ///   - parent: The window that waits for the dialog; it is blocked meanwhile. One that is not shown has
  ///     none of it.
  ///   - options: What to ask for. Without any: one file.
  /// - Throws: `DialogError` when the app is not ready, or `defaultPath` is a folder that cannot be opened.
  public func showOpenDialog(
    _ parent: BrowserWindow? = nil, _ options: OpenDialogOptions = OpenDialogOptions()
  ) async throws -> OpenDialogResult {
    guard App.current?.isReady == true else {
      throw DialogError(
        code: .appNotReady, message: "dialog module can only be used after app is ready", underlyingError: nil)
    }
    let chooser = FileChooser(
      title: options.title, parent: parent, selectsFolders: options.properties.contains(.openDirectory),
      acceptLabel: options.buttonLabel)
    chooser.allowsMultiple = options.properties.contains(.multiSelections)
    options.filters.forEach(chooser.add)
    try chooser.open(in: FileChooser.folder(for: options.defaultPath))
    let paths = await chooser.run()
    return OpenDialogResult(canceled: paths.isEmpty, filePaths: paths)
  }

  /// Asks the user for files or folders, with Electron's defaults but for what `configure` sets.
  public func showOpenDialog(
    _ parent: BrowserWindow? = nil, _ configure: (inout OpenDialogOptions) throws -> Void
  ) async throws -> OpenDialogResult {
    var options = OpenDialogOptions()
    try configure(&options)
    return try await showOpenDialog(parent, options)
  }
}

/// The desktop's dialogs.
public let dialog = Dialog()

/// The options of `showOpenDialog`. Every field has Electron's default.
public nonisolated struct OpenDialogOptions: Hashable, Sendable {
  /// The selectable kinds of files, and whether several can be selected. Electron: `properties`.
  public struct Properties: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Files can be selected.
    public static let openFile = Properties(rawValue: 1)
    /// Folders instead of files. With `.openFile` too, folders: no dialog of Linux shows both.
    public static let openDirectory = Properties(rawValue: 2)
    /// Several files or folders can be selected.
    public static let multiSelections = Properties(rawValue: 4)
  }

  /// The dialog's title. The desktop's default when nil.
  public var title: String?
  /// The folder to begin in; of a file, its folder. A relative path names nothing here: Downloads then.
  public var defaultPath: String?
  /// The text of the button that accepts.
  public var buttonLabel: String?
  /// Which files are shown; the user chooses among them.
  public var filters: [FileFilter] = []
  /// The selectable kinds of files. Files by default.
  public var properties: Properties = [.openFile]

  /// Electron's defaults.
  public init() {}
}

/// A kind of files, such as `FileFilter(name: "Images", extensions: ["png", "jpg"])`.
public nonisolated struct FileFilter: Hashable, Sendable {
  /// The name that the user sees.
  public var name: String
  /// Without the dot; `*` for all.
  public var extensions: [String]

  /// Makes a filter.
  ///
  /// - Parameters:
  ///   - name: The name that the user sees.
  ///   - extensions: File name extensions without the dot; `*` for all files.
  public init(name: String, extensions: [String]) {
    self.name = name
    self.extensions = extensions
  }
}

/// What the user chose.
public nonisolated struct OpenDialogResult: Hashable, Sendable {
  /// Whether the user cancelled the dialog.
  public let canceled: Bool
  /// Absolute paths; none when cancelled. Under a portal they are paths of the sandbox: show the user names
  /// only.
  public let filePaths: [String]
}

/// A dialog that could not be shown as asked.
public struct DialogError: MartletError {
  public let code: ErrorCode
  public let message: String
  public let underlyingError: (any Error)?
}

nonisolated extension ErrorCode {
  /// The app is not ready yet: wait for `App.run`'s body.
  public static let appNotReady: ErrorCode = "ERR_APP_NOT_READY"
  /// A `defaultPath` that cannot be opened.
  public static let invalidDefaultPath: ErrorCode = "ERR_INVALID_DEFAULT_PATH"
}
