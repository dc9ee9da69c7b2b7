// The newest WebKitGTK version on which the isolation of preload and page has been reviewed.

enum Walls {
  /// The newest version whose every member is in Tests/Engine/members.txt and on which the attacks were
  /// tried.
  static let newestWalked = "2.54.3"

  /// Whether `version` is newer than that. Text that is not a version counts as newer.
  static func areUntried(on version: String) -> Bool {
    guard let found = numbers(of: version), let walked = numbers(of: newestWalked) else { return true }
    return walked.lexicographicallyPrecedes(found)
  }

  private static func numbers(of version: String) -> [Int]? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    return parts.contains(nil) ? nil : parts.compactMap { $0 }
  }
}
