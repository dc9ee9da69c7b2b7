import Foundation
import MartletGLib
import Testing

@testable import MartletWebHost

@Suite("Installed files")
struct InstalledFilesTests {
  /// A folder with the given files in it, removed at the end of the test.
  private final class Tree {
    let top: String

    init(_ files: String...) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      for file in files {
        let path = folder.appending(path: file)
        try FileManager.default.createDirectory(
          at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: path)
      }
      top = try #require(Files.real(folder.path))
    }

    deinit { try? FileManager.default.removeItem(atPath: top) }

    func at(_ module: String) -> InstalledFiles { InstalledFiles(module: top + module) }
  }

  private static let renderer = "libMartletRenderer.so"
  private static let installedRenderer = "lib/martlet/renderer/libMartletRenderer.so"

  @Test
  func `Installed files of a build tree are beside the executable and in the package's Resources`() throws {
    let tree = try Tree(
      "hello/Package.swift", "hello/.build/debug/Hello", "hello/.build/debug/\(Self.renderer)",
      "hello/Resources/pages/index.html", Self.installedRenderer, "share/dev.example.Hello/index.html")
    let files = tree.at("/hello/.build/debug/Hello")
    #expect(files.rendererFolder == tree.top + "/hello/.build/debug")
    #expect(
      files.resources(id: "dev.example.Hello", name: "pages") == tree.top + "/hello/Resources/pages")
    #expect(files.resources(id: "dev.example.Hello", name: "none") == nil)
  }

  @Test(arguments: ["/app/bin/hello", "/app/lib/martlet/node/martlet.node", "/app/lib/libhello.so"])
  func `Installed files of a prefix are below it, wherever the executable or library is`(module: String)
    throws
  {
    let tree = try Tree(
      "app\(module.dropFirst(4))", "app/\(Self.installedRenderer)", "app/share/dev.example.Hello/index.html")
    let files = tree.at(module)
    #expect(files.prefix == tree.top + "/app")
    #expect(files.rendererFolder == tree.top + "/app/lib/martlet/renderer")
    #expect(files.resources(id: "dev.example.Hello", name: "") == tree.top + "/app/share/dev.example.Hello")
    #expect(files.resources(id: "dev.example.Other", name: "") == nil)
  }

  @Test
  func `Installed files of a program without the renderer have the prefix above its folder`() throws {
    let tree = try Tree("usr/bin/hello")
    let files = tree.at("/usr/bin/hello")
    #expect(files.prefix == tree.top + "/usr")
    #expect(files.rendererFolder == nil)
    #expect(
      files.rendererCandidates.prefix(2) == [tree.top + "/usr/bin", tree.top + "/usr/lib/martlet/renderer"])
  }

  @Test
  func `Installed files are in an absolute folder where one is named`() throws {
    let tree = try Tree("usr/bin/hello", "pages/index.html")
    let files = tree.at("/usr/bin/hello")
    #expect(files.resources(id: "dev.example.Hello", name: tree.top + "/pages") == tree.top + "/pages")
    #expect(files.resources(id: "dev.example.Hello", name: tree.top + "/none") == nil)
  }

  @Test
  func `Installed files are found from this executable, into which Martlet is linked`() {
    #expect(InstalledFiles.module == Files.real("/proc/self/exe"))
  }
}
