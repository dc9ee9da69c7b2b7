// Locates installed files at run time, relative to the file that contains this code: an app's executable, or
// a library that another executable has loaded. No path is compiled in, so a moved tree still runs.

internal import CMartletShim
internal import MartletGLib

/// The files of one installation.
package struct InstalledFiles {
  /// The files of the running code.
  package static let own = InstalledFiles(module: Self.module)

  /// The running executable, symlinks resolved.
  package static let executable = Files.real("/proc/self/exe") ?? "/"

  /// The executable or the library that contains this code, symlinks resolved.
  package static let module = String(taking: martlet_module_path()).flatMap(Files.real) ?? executable

  /// The file name of the renderer extension.
  static let rendererName = "libMartletRenderer.so"

  private let module: String
  /// The installation prefix: `<prefix>/bin/<executable>`, `<prefix>/lib/…/<library>`.
  package let prefix: String
  /// Folders that may hold the renderer extension, best first. WebKit loads every module in the folder it
  /// gets.
  let rendererCandidates: [String]
  /// The folder with the renderer extension.
  let rendererFolder: String?

  /// - Parameter module: The path of an executable or a library, symlinks resolved.
  package init(module: String) {
    self.module = module
    let folder = Files.folder(of: module)
    // A build tree has everything in one folder. Executables are one folder below the prefix; libraries may
    // be deeper.
    let prefixes = Self.ancestors(of: folder)
    rendererCandidates = [folder] + prefixes.map { Self.rendererFolder(below: $0) }
    rendererFolder = rendererCandidates.first { Files.isFile($0 + "/" + Self.rendererName) }
    prefix =
      rendererFolder.flatMap { found in prefixes.first { Self.rendererFolder(below: $0) == found } }
      ?? Files.folder(of: folder)
  }

  private static func rendererFolder(below prefix: String) -> String {
    (prefix == "/" ? "" : prefix) + "/lib/martlet/renderer"
  }

  /// The ancestors of `folder`, nearest first.
  private static func ancestors(of folder: String) -> [String] {
    var all: [String] = []
    var folder = folder
    while folder != "/" {
      folder = Files.folder(of: folder)
      all.append(folder)
    }
    return all
  }

  /// The folder with an app's pages: `<prefix>/share/<id>` when installed, else `Resources/<name>` of the
  /// package that the module was built from. An absolute name is used as it is.
  package func resources(id: String, name: String) -> String? {
    if name.beginsWithBytes(of: "/") { return Files.isFolder(name) ? name : nil }
    let installed = prefix + "/share/" + id
    if Files.isFolder(installed) { return installed }
    for folder in Self.ancestors(of: module) where Files.isFile(folder + "/Package.swift") {
      let resources = Files.canonical("Resources/" + name, relativeTo: folder)
      return Files.isFolder(resources) ? resources : nil
    }
    return nil
  }
}
