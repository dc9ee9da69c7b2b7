// Where a page may go: within the app's own scheme and host. What the app itself loads passes; everything
// else that a page starts is refused and reported.

internal import CMartletWebKit
internal import MartletGLib

final class NavigationGate {
  let address: AppAddress
  /// The load that the app asked for, until WebKit comes to ask about it.
  private var expected: String?

  init(appID: String) {
    address = AppAddress(appID: appID)
  }

  /// Whether the app itself may load `url`: plain http only from this machine.
  func mayLoad(_ url: ParsedURL) -> Bool {
    switch url.scheme {
    case "http": ["127.0.0.1", "localhost", "::1"].contains(url.host)
    case "file", "javascript": false
    default: true
    }
  }

  func expect(_ url: String) {
    expected = url
  }

  /// Whether `url` is a page of the app.
  func isOwn(_ url: String) -> Bool {
    address.contains(url)
  }

  /// Whether a navigation to `url` may go on.
  func allows(_ url: String) -> Bool {
    if isOwn(url) || url == "about:blank" || url == "about:srcdoc" { return true }
    guard let expected, let wanted = ParsedURL(expected), let asked = ParsedURL(url) else { return false }
    return wanted.hasSameOrigin(as: asked)
  }
}

extension PageHost {
  /// WebKit's `decide-policy`: true when the decision is made here.
  func decide(_ decision: OpaquePointer, _ kind: WebKitPolicyDecisionType) -> Bool {
    if kind == WEBKIT_POLICY_DECISION_TYPE_RESPONSE { return restartsNavigation(decision) }
    guard
      kind == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION
        || kind == WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION
    else { return false }
    let action = webkit_navigation_policy_decision_get_navigation_action(decision)
    let address = webkit_uri_request_get_uri(webkit_navigation_action_get_request(action))
    let url = address.map { String($0, limit: ParsedURL.limit) } ?? ""
    let isWindow = kind == WEBKIT_POLICY_DECISION_TYPE_NEW_WINDOW_ACTION
    // No browser goes to an address that long, and one that was cut is another.
    let isTooLong = url.utf8.count > ParsedURL.limit
    if !isWindow, !isTooLong, gate.allows(url) { return false }
    webkit_policy_decision_ignore(UnsafeMutablePointer(decision))
    let told = isTooLong ? url.cut(to: PageLog.addressLimit) : url
    log.write(.refusedNavigation) {
      "refused a page's \(isWindow ? "new window" : "navigation") to \(told.cut(to: PageLog.addressLimit))"
    }
    delegate?.pageHost(self, didRefuse: told)
    return true
  }
}
