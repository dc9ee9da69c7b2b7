// Electron's `dialog`.

internal import Martlet

/// The module `dialog` as an object with a table.
final class DialogModule: NodeObject {
  static let shared = DialogModule()

  static let table: AnyClassTable = ClassTable<DialogModule>("Dialog") {
    $0.promise("showOpenDialog") {
      (_: DialogModule, parent: BrowserWindow?, options: NodeValue) async throws in
      var values = OpenDialogOptions()
      try OpenDialogOptions.table.read(options, into: &values)
      return try await dialog.showOpenDialog(parent, values)
    }
    $0.method("showErrorBox") { (_: DialogModule, title: String, content: String) in
      dialog.showErrorBox(title, content)
    }
  }
}

extension OpenDialogOptions {
  static let table = OptionTable<OpenDialogOptions> {
    $0.option("title", \.title)
    $0.option("defaultPath", \.defaultPath)
    $0.option("buttonLabel", \.buttonLabel)
    $0.option("filters") { (options, filters: [FileFilter]) in options.filters = filters }
    $0.option("properties") { (options, names: [String]) in
      // Names for other systems are ignored, as in Electron.
      let known: [String: Properties] = [
        "openFile": .openFile, "openDirectory": .openDirectory, "multiSelections": .multiSelections,
      ]
      options.properties = names.reduce(into: []) { if let property = known[$1] { $0.insert(property) } }
    }
  }
}

extension FileFilter: FromNode {
  static func from(_ value: NodeValue) throws -> FileFilter {
    guard value.isObject else { throw ConversionError("a filter", value) }
    return try FileFilter(name: .from(value.get("name")), extensions: .from(value.get("extensions")))
  }
}

extension OpenDialogResult: ToNode {
  func toNode() throws -> NodeValue {
    try NodeRecord(["canceled": canceled, "filePaths": filePaths]).toNode()
  }
}
