// Where the page is that a view has, as against where the view is going: what trust follows.

/// Follows what WebKit says of one view. WebKit's own `uri` is where the app's next load leads, from the
/// moment that the app asks for it, while the page that is there still runs.
struct CommittedAddress {
  /// Where the page is; empty before the first, and when its process has ended.
  private(set) var value = ""
  /// Where the load leads that WebKit has begun; nil when none is under way.
  private var provisional: String?
  /// Whether the app has asked for a load that WebKit has not begun: `uri` says where that leads, and nothing
  /// else.
  private var isRequested = false

  /// The app has asked for a load.
  mutating func ask() { isRequested = true }

  /// The load that the app has asked for does not begin, and `uri` is the page's own again.
  mutating func forgetRequested() { isRequested = false }

  mutating func start(_ uri: String) {
    isRequested = false
    provisional = uri
  }

  mutating func redirect(_ uri: String) {
    // Where it leads is not known when another was asked for: to no page of the app then.
    provisional = isRequested ? "" : uri
  }

  mutating func commit(_ uri: String) {
    value = isRequested ? provisional ?? "" : uri
    provisional = nil
  }

  /// No load is under way any more.
  mutating func stop() { provisional = nil }

  /// `uri` has changed: the page has gone to another place in its document, when no load is under way. Such a
  /// place is of the same origin.
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

  // MARK: The word of a process

  /// Whether a process that says that its page is at `url`, and of `origin`, cannot be right. Origins are
  /// compared: a page's script may have gone on to another place of the same one. An opaque origin is less
  /// than any other.
  func contradicts(url: String, origin: String) -> Bool {
    guard let here = ParsedURL(value), let said = ParsedURL(url) else { return false }
    // WebKit keeps the name of a user here, and drops it there.
    if !here.hasSameHost(as: said) { return true }
    // A page at about:blank has the origin of whoever made it.
    guard origin != "null", here.scheme != "about" else { return false }
    return ParsedURL(origin)?.hasSameHost(as: here) != true
  }

  /// The page's origin, of which a process says that it is `origin`: `null` unless the address says the same.
  func origin(said origin: String) -> String {
    guard let here = ParsedURL(value), ParsedURL(origin)?.hasSameOrigin(as: here) == true else {
      return "null"
    }
    return origin
  }
}
