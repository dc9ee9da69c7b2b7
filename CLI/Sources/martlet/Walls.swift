// How new a WebKitGTK may be that somebody has looked at, for what it could carry from a preload to its page.

enum Walls {
  /// The newest version whose every member is in Tests/Engine/members.txt and whose attacks were tried.
  static let newestWalked = "2.54.3"

  /// Whether `version` is newer than that. Text that is no version is.
  static func areUntried(on version: String) -> Bool {
    guard let found = numbers(of: version), let walked = numbers(of: newestWalked) else { return true }
    return walked.lexicographicallyPrecedes(found)
  }

  private static func numbers(of version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }
  }
}
