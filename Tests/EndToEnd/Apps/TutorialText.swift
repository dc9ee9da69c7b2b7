// The tutorial's code listings, extracted from its text.

import Glibc
import MartletTesting

/// The tutorial's document, if it is beside the project's folder.
struct TutorialText {
  private let lines: [Substring]

  static var path: String { Checkout.path + "/../shared/seed/ipc-tutorial.txt" }

  static var isThere: Bool { access(path, R_OK) == 0 }

  init() throws {
    lines = try FolderForTest.read(Self.path).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// The listing `number` (from 0) of the file `file`, after the line that begins with `heading`.
  func listing(_ file: String, after heading: String, number: Int = 0) throws -> String {
    guard let start = lines.firstIndex(where: { $0.hasPrefix(heading) }) else {
      throw TestingError("the tutorial has no '\(heading)'")
    }
    let titles = lines[start...].indices.filter { lines[$0] == file || lines[$0].hasPrefix(file + " (") }
    guard number < titles.count else {
      throw TestingError("no listing \(number) of \(file) after '\(heading)'")
    }
    let rest = lines[(titles[number] + 1)...]
    let listing =
      file.hasSuffix(".html")
      ? rest.prefix { $0 != "</html>" } + ["</html>"] : Array(rest.prefix { !Self.isProse($0) })
    return listing.joined(separator: "\n") + "\n"
  }

  /// The whole main script of a pattern, which the text shows before its parts.
  func program(after heading: String) throws -> String {
    guard let start = lines.firstIndex(where: { $0.hasPrefix(heading) }),
      let first = lines[start...].firstIndex(where: { $0.hasSuffix("require('electron/main')") })
    else { throw TestingError("the tutorial has no main script after '\(heading)'") }
    return lines[first...].prefix { !Self.isProse($0) }.joined(separator: "\n") + "\n"
  }

  /// Lines of scripts begin with a lower-case letter or a sign; prose does not.
  private static func isProse(_ line: Substring) -> Bool {
    guard let first = line.unicodeScalars.first else { return false }
    // A call, such as `Menu.setApplicationMenu(menu)`.
    if let call = line.firstIndex(of: "("), line[..<call].contains("."), !line[..<call].contains(" ") {
      return false
    }
    if line.hasSuffix(" Process)") || line.hasSuffix("(Preload Script)") { return true }
    return first.properties.isUppercase || first.value > 0x7f || first.properties.numericType != nil
  }
}
