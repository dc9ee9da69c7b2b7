// Tests which files an app's folder serves: names are bytes, links are resolved, and hidden files are not
// served.

import Glibc
import Testing

@testable import MartletWebHost

@Suite struct AppRootTests {
  /// A folder `café/app`, and a sibling of `café` whose accent is encoded differently.
  private let folder: TemporaryFolder
  private let root: AppRoot

  init() throws {
    folder = try TemporaryFolder()
    for name in [
      "caf\u{e9}/page.html", "cafe\u{301}/secret.txt", "caf\u{e9}/sub/\u{301}accent.txt", "caf\u{e9}/.env",
      "caf\u{e9}/.git/config", "caf\u{e9}/sub/.hidden.js", "caf\u{e9}er/secret.txt",
      "caf\u{e9}/\u{301}first.txt", "caf\u{e9}/a b%.txt",
    ] {
      folder.write(name)
    }
    for (name, target) in [
      ("to-other-accent", "../cafe\u{301}/secret.txt"), ("to-longer", "../caf\u{e9}er/secret.txt"),
      ("to-page", "page.html"),
      ("to-hidden", ".env"), ("to-hidden-folder", ".git"), (".to-page", "page.html"),
      ("to-device", "/dev/zero"), ("to-itself", "to-itself"),
      ("absolute", folder.path + "/caf\u{e9}/page.html"),
    ] {
      symlink(target, folder.path + "/caf\u{e9}/" + name)
    }
    mkfifo(folder.path + "/caf\u{e9}/pipe", 0o600)
    root = try #require(AppRoot(folder.path + "/caf\u{e9}"))
  }

  @Test(arguments: [
    "/page.html", "/to-page", "/absolute", "//page.html", "/sub/%CC%81accent.txt", "/%CC%81first.txt",
    "/a%20b%25.txt", "/sub/\u{301}accent.txt",
  ])
  func `A file of the folder is served, whatever its name`(path: String) {
    #expect(root.open(urlPath: path) != nil)
  }

  @Test(arguments: [
    "/to-other-accent", "/to-longer", "/to-hidden", "/to-hidden-folder/config", "/.to-page", "/.env",
    "/%2eenv", "/.git/config", "/sub/.hidden.js", "/sub/../page.html", "/sub/%2e%2e/page.html",
    "/..\u{301}/x", "/",
    "", "page.html", "/sub", "/pipe", "/to-device", "/to-itself", "/page.html/", "/missing.html",
    "/page.html%00",
    "/sub%5c..%5cpage.html", "/%zz", "/%FF", "/caf%C3%A9/page.html",
  ])
  func `A path to a hidden file, to no file or out of the folder is refused`(path: String) {
    #expect(root.open(urlPath: path) == nil)
  }

  @Test func `A folder below a hidden one serves its files`() throws {
    folder.write(".local/share/app/page.html")
    let root = try #require(AppRoot(folder.path + "/.local/share/app"))
    #expect(root.open(urlPath: "/page.html") != nil)
    #expect(root.open("page.html").flatMap { root.place(of: $0.path) } == "page.html")
  }

  @Test func `A file's place in the folder is compared byte by byte`() throws {
    let file = try #require(root.open("./sub/\u{301}accent.txt"))
    #expect(root.place(of: file.path).map { Array($0.utf8) } == Array("sub/\u{301}accent.txt".utf8))
    #expect(root.place(of: folder.path + "/cafe\u{301}/page.html") == nil)
    #expect(AppRoot("/")?.place(of: "/etc/hostname") == "etc/hostname")
  }

  @Test func `An open file keeps its identity and contents when its path is replaced`() throws {
    let file = try #require(root.open("page.html"))
    #expect(file.isAt(root.folder + "/to-page") && !file.isAt(root.folder + "/a b%.txt"))
    link(root.folder + "/page.html", root.folder + "/again.html")
    #expect(file.isAt(root.folder + "/again.html"))
    unlink(root.folder + "/page.html")
    folder.write("caf\u{e9}/page.html", "another")
    #expect(file.contents(limit: 100) == Array("caf\u{e9}/page.html".utf8))
    #expect(file.contents(limit: 5) == nil)
  }
}

/// A temporary folder, removed with the test.
private final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/martlet-root-XXXXXX".utf8CString)
    path = String(cString: try #require(mkdtemp(&template)))
  }

  deinit {
    system("/bin/rm -r \(path)")
  }

  /// Writes a file, creating its folders; by default it contains its own name.
  func write(_ name: String, _ text: String? = nil) {
    var folder = path
    for part in name.utf8.split(separator: UInt8(ascii: "/")).dropLast() {
      folder += "/" + String(decoding: part, as: UTF8.self)
      mkdir(folder, 0o755)
    }
    guard let file = fopen(path + "/" + name, "w") else { return }
    fputs(text ?? name, file)
    fclose(file)
  }
}
