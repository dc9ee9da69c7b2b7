// The addresses of the app's pages.

internal import MartletGLib

extension WebEngine {
  /// The URL of a page of the app, for its path.
  package func url(ofFile path: String, query: String? = nil, hash: String? = nil) -> Result<
    String, LoadFailure
  > {
    guard let file = root.open(path), let place = root.place(of: file.path) else {
      return .failure(LoadFailure(.fileNotFound, url: path))
    }
    var url = "\(AppAddress.scheme)://\(appID)/" + percentEncodedPath(place)
    if let query = Self.part(query, after: "?") { url += "?" + query }
    if let hash = Self.part(hash, after: "#") { url += "#" + hash }
    return .success(url)
  }

  /// A query or fragment that the app gives with or without its mark; nil when it is empty.
  private static func part(_ text: String?, after mark: String) -> String? {
    guard let text else { return nil }
    let part =
      text.beginsWithBytes(of: mark)
      ? String(decoding: text.utf8.dropFirst(mark.utf8.count), as: UTF8.self) : text
    return part.isEmpty ? nil : percentEncodedPart(part)
  }
}
