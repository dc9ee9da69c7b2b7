// The test app's pages in a folder of one test, with what that adds to them.

import Glibc
import MartletTesting

/// A copy of `Tests/Pages`, in a folder whose name has an accent.
final class PagesFolder {
  private let folder: FolderForTest
  /// Absolute.
  let path: String

  init() throws {
    folder = try FolderForTest()
    path = folder.path + "/caf\u{e9}"
    let pages = #filePath.replacing("EndToEnd/PagesFolder.swift", with: "Pages")
    let run = try ToolRun("/bin/cp", "-r", pages, path)
    guard run.status == 0 else { throw TestingError("cannot copy the pages: \(run.output)") }
  }

  /// What starts the test app with these pages.
  var option: String { "--pages=" + path }

  /// Writes a file; the name is relative to the pages.
  func write(_ name: String, _ text: String) throws {
    try folder.write("caf\u{e9}/" + name, text)
  }

  /// Makes a symlink; the target is relative to where it is.
  func link(_ name: String, to target: String) throws {
    guard symlink(target, path + "/" + name) == 0 else { throw TestingError("cannot link \(name)") }
  }

  /// Makes a file of so many bytes, all of them 0, that takes no room.
  func writeZeros(_ name: String, count: Int) throws {
    try write(name, "")
    guard truncate(path + "/" + name, count) == 0 else { throw TestingError("cannot make \(name)") }
  }
}
