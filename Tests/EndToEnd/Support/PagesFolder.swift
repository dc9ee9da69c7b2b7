// A copy of the test app's pages, to which tests add files.

import Glibc
import MartletTesting

/// A copy of `Tests/Pages`, in a folder whose name has an accent.
final class PagesFolder {
  private let folder: FolderForTest
  /// The absolute path.
  let path: String

  init() throws {
    folder = try FolderForTest()
    path = folder.path + "/caf\u{e9}"
    let run = try ToolRun("/bin/cp", "-r", Checkout.tests + "/Pages", path)
    guard run.status == 0 else { throw TestingError("cannot copy the pages: \(run.output)") }
  }

  /// The argument that starts the test app with these pages.
  var option: String { "--pages=" + path }

  /// Writes a file. Its name is relative to the pages.
  func write(_ name: String, _ text: String) throws {
    try folder.write("caf\u{e9}/" + name, text)
  }

  /// Makes a symlink. Its target is relative to the link.
  func link(_ name: String, to target: String) throws {
    guard symlink(target, path + "/" + name) == 0 else { throw TestingError("cannot link \(name)") }
  }

  /// Makes a sparse file of `count` zero bytes.
  func writeZeros(_ name: String, count: Int) throws {
    try write(name, "")
    guard truncate(path + "/" + name, count) == 0 else { throw TestingError("cannot make \(name)") }
  }
}
