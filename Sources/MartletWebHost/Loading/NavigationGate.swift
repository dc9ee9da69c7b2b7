// Limits navigation to the app's own scheme and host. Loads by the app itself pass; any other navigation that
// a page starts is refused and reported.

internal import CMartletWebKit
internal import MartletGLib

final class NavigationGate {
  let address: AppAddress
  /// The load that the app requested, until WebKit asks for its policy decision.
  private var expected: String?

  init(appID: String) {
    address = AppAddress(appID: appID)
  }

  /// Whether the app itself may load `url`: plain http only from the local host.
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

  /// Whether a navigation to `url` is allowed.
  func allows(_ url: String) -> Bool {
    if isOwn(url) || url == "about:blank" || url == "about:srcdoc" { return true }
    guard let expected, let wanted = ParsedURL(expected), let asked = ParsedURL(url) else { return false }
    return wanted.hasSameOrigin(as: asked)
  }
}

extension PageHost {
  /// Handles WebKit's `decide-policy`: true when the decision was made here.
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
    // Browsers refuse addresses of that length, and a shortened one would be a different address.
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
