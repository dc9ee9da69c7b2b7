import Martlet

/// Native dialogs: GTK's, or the portal's inside Flatpak.
enum Dialogs: DemoPage {
  static let title = "Dialogs"
  static let group = "Desktop"

  /// The options that the page can choose for the dialog.
  struct Request: Codable, CloneCodable {
    var title: String
    var folders: Bool
    var several: Bool
    var imagesOnly: Bool
  }

  static func start(_ app: App) {
    ipcMain.handle("dialogs:open") { (event, request: Request) async throws -> [String] in
      var options = OpenDialogOptions()
      options.title = request.title.isEmpty ? nil : request.title
      options.properties = request.folders ? [.openDirectory] : [.openFile]
      if request.several { options.properties.insert(.multiSelections) }
      if request.imagesOnly {
        options.filters = [FileFilter(name: "Images", extensions: ["png", "jpg", "svg"])]
      }
      return try await dialog.showOpenDialog(BrowserWindow.from(event.sender), options).filePaths
    }
  }
}
