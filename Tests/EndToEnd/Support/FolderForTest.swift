// A folder of files made for one test.

import Glibc
import MartletTesting

/// A temporary folder, removed with its contents when this object is freed.
final class FolderForTest {
  let path: String

  init() throws {
    var template = Array("/tmp/martlet-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw TestingError("cannot make a folder") }
    path = String(cString: made)
  }

  deinit {
    _ = try? ToolRun("/bin/rm", "-rf", path)
  }

  /// Writes a file, making its folders.
  func write(_ name: String, _ text: String) throws {
    var folder = path
    for part in name.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o755)
    }
    guard let file = fopen(path + "/" + name, "w") else { throw TestingError("cannot write \(name)") }
    fputs(text, file)
    fclose(file)
  }

  /// Copies a file of the package's build folder here.
  func copyBuilt(_ file: String, to name: String) throws {
    try write(name, "")
    let run = try ToolRun(
      "/bin/cp", "--preserve=mode", "--remove-destination", AppUnderTest.path(of: file), path + "/" + name)
    guard run.status == 0 else { throw TestingError("cannot copy \(file): \(run.output)") }
  }

  /// A text file's contents.
  static func read(_ path: String) throws -> String {
    guard let file = fopen(path, "r") else { throw TestingError("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
