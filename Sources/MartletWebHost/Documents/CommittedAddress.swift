// The address of the page that is in a view, as opposed to where the view is going. Trust depends on it.

/// Tracks the committed address from WebKit's reports on one view. WebKit's own `uri` changes as soon as the
/// app requests a load, while the previous page is still running.
struct CommittedAddress {
  /// The committed page's address; empty before the first page, and after its process has ended.
  private(set) var value = ""
  /// The target of the load that WebKit has begun; nil when no load is in progress.
  private var provisional: String?
  /// Whether the app has requested a load that WebKit has not begun. Until then `uri` is the target of that
  /// load.
  private var isRequested = false

  /// The app has requested a load.
  mutating func ask() { isRequested = true }

  /// The requested load will not begin, and `uri` is the page's own address again.
  mutating func forgetRequested() { isRequested = false }

  mutating func start(_ uri: String) {
    isRequested = false
    provisional = uri
  }

  mutating func redirect(_ uri: String) {
    // The target is unknown if the app requested another load meanwhile; it is then not treated as a page of
    // the app.
    provisional = isRequested ? "" : uri
  }

  mutating func commit(_ uri: String) {
    value = isRequested ? provisional ?? "" : uri
    provisional = nil
  }

  /// No load is in progress any more.
  mutating func stop() { provisional = nil }

  /// `uri` has changed. With no load in progress, the page has moved within its document, which keeps its
  /// origin.
  mutating func move(_ uri: String) {
    guard !isRequested, provisional == nil, let here = ParsedURL(value), let there = ParsedURL(uri) else {
      return
    }
    if here.hasSameOrigin(as: there) { value = uri }
  }

  /// The page's process has ended.
  mutating func end() {
    value = ""
    provisional = nil
  }

  // MARK: Claims of a web process

  /// Whether a process that claims that its page is at `url`, with this `origin`, cannot be right. Only
  /// origins are compared, because a page's script may have moved to another address of the same origin. An
  /// opaque origin has fewer rights than any other.
  func contradicts(url: String, origin: String) -> Bool {
    guard let here = ParsedURL(value), let said = ParsedURL(url) else { return false }
    // WebKit keeps a URL's user name in one of the two, and drops it in the other.
    if !here.hasSameHost(as: said) { return true }
    // A page at about:blank has the origin of its creator.
    guard origin != "null", here.scheme != "about" else { return false }
    return ParsedURL(origin)?.hasSameHost(as: here) != true
  }

  /// The page's origin, given the process's claim of `origin`: `null` unless the address agrees.
  func origin(said origin: String) -> String {
    guard let here = ParsedURL(value), ParsedURL(origin)?.hasSameOrigin(as: here) == true else {
      return "null"
    }
    return origin
  }
}
