// Where things are, found at run time from where the executable is: an installed prefix (Flatpak's /app too) or
// SwiftPM's build tree. Nothing is compiled in, so a tree that was moved still runs.

internal import MartletGLib
internal import Glibc

package enum InstalledFiles {
  /// The running executable, symlinks resolved.
  package static let executable = Files.real("/proc/self/exe") ?? "/"

  private static let executableFolder = Files.folder(of: executable)

  /// The installation prefix: `<prefix>/bin/<executable>`.
  package static let prefix = Files.folder(of: executableFolder)

  /// The file name of the renderer extension.
  static let rendererName = "libMartletRenderer.so"

  /// Folders that may hold the renderer extension, best first. WebKit loads every module in the one it gets.
  static let rendererCandidates = [prefix + "/lib/martlet/renderer", executableFolder]

  /// The folder with the renderer extension.
  static let rendererFolder = rendererCandidates.first { Files.isFile($0 + "/" + rendererName) }

  /// The folder with an app's pages: `<prefix>/share/<id>` when installed, else `Resources/<name>` of the
  /// package whose build tree the executable is in. An absolute name is the folder.
  package static func resources(id: String, name: String) -> String? {
    if name.beginsWithBytes(of: "/") { return Files.isFolder(name) ? name : nil }
    let installed = prefix + "/share/" + id
    if Files.isFolder(installed) { return installed }
    var folder = executableFolder
    while folder != "/" {
      if Files.isFile(folder + "/Package.swift") {
        let resources = Files.canonical("Resources/" + name, relativeTo: folder)
        return Files.isFolder(resources) ? resources : nil
      }
      folder = Files.folder(of: folder)
    }
    return nil
  }
}
