// Electron's dialog: the portal's dialogs inside Flatpak, GTK's elsewhere.

internal import CMartletShim
internal import CMartletWebKit
public import MartletClone
internal import MartletGLib
public import MartletIPC

/// The desktop's dialogs. Electron: `dialog`. The `…Sync` methods are missing: use `await`.
public struct Dialog {
  init() {}

  /// Shows a dialog in which the user chooses files or folders. Electron: `dialog.showOpenDialog([window,
  /// ]options)`.
  ///
  /// ```swift
  /// let result = try await dialog.showOpenDialog(window) { $0.properties = [.openFile, .multiSelections] }
  /// ```
  ///
  /// If the task is cancelled or the parent is closed, the dialog closes as cancelled.
  ///
  /// - Parameters:
  ///   - parent: The window that is blocked while the dialog is open. A hidden window is ignored.
  ///   - options: The dialog's options. By default, the user chooses one file.
  /// - Returns: The chosen paths, or that the user cancelled.
  /// - Throws: `DialogError` if the app is not ready, or `defaultPath` is a folder that cannot be opened.
  public func showOpenDialog(
    _ parent: BrowserWindow? = nil, _ options: OpenDialogOptions = OpenDialogOptions()
  ) async throws -> OpenDialogResult {
    guard App.current?.isReady == true else {
      throw DialogError(
        code: .appNotReady, message: "dialog module can only be used after app is ready", underlyingError: nil
      )
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

  /// Shows a dialog like `showOpenDialog(_:_:)`, with options that `configure` changes. They start with
  /// Electron's defaults.
  ///
  /// - Parameters:
  ///   - parent: The window that is blocked while the dialog is open. A hidden window is ignored.
  ///   - configure: Sets options.
  /// - Throws: `DialogError`, or the error that `configure` throws.
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

/// The options of `showOpenDialog`. Every field has Electron's default. Electron: `OpenDialogOptions`.
public nonisolated struct OpenDialogOptions: Hashable, Sendable {
  /// The selectable kinds of files, and whether several can be selected. Electron: `properties`.
  public struct Properties: OptionSet, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Files can be selected.
    public static let openFile = Properties(rawValue: 1)
    /// Folders can be selected instead of files, also if `.openFile` is set: no Linux dialog shows both.
    public static let openDirectory = Properties(rawValue: 2)
    /// Several files or folders can be selected.
    public static let multiSelections = Properties(rawValue: 4)
  }

  /// The dialog's title. The desktop's default when nil.
  public var title: String?
  /// The folder that the dialog shows first, or a file in it. A relative path is ignored: the dialog starts
  /// in Downloads.
  public var defaultPath: String?
  /// The text of the button that accepts the selection.
  public var buttonLabel: String?
  /// Filters that decide which files are shown. The user chooses one of them.
  public var filters: [FileFilter] = []
  /// The selectable kinds of files. Files by default.
  public var properties: Properties = [.openFile]

  /// Makes options with Electron's defaults.
  public init() {}
}

/// A kind of files, such as `FileFilter(name: "Images", extensions: ["png", "jpg"])`. Electron: `FileFilter`.
public nonisolated struct FileFilter: Hashable, Sendable {
  /// The name that the user sees.
  public var name: String
  /// File name extensions without the dot; `*` for all files.
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

/// The user's choice. Electron: `OpenDialogReturnValue`.
public nonisolated struct OpenDialogResult: Hashable, Sendable {
  /// Whether the user cancelled the dialog.
  public let canceled: Bool
  /// The chosen files or folders as absolute paths. Empty if the user cancelled. Under a portal they are
  /// paths of the sandbox, so show the user only their names.
  public let filePaths: [String]
}

/// A dialog could not be shown as requested.
public struct DialogError: MartletError {
  public let code: ErrorCode
  public let message: String
  public let underlyingError: (any Error)?
}

nonisolated extension ErrorCode {
  /// The app is not ready. Call this in the closure of `App.run` or later.
  public static let appNotReady: ErrorCode = "ERR_APP_NOT_READY"
  /// `defaultPath` cannot be opened.
  public static let invalidDefaultPath: ErrorCode = "ERR_INVALID_DEFAULT_PATH"
}
