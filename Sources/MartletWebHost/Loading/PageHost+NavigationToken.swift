// The app's files are for the app's own pages. A navigation from a page of another origin to one of the app's
// carries a token: until it is committed the old page's scripts run, and nothing else tells a request of
// theirs from it.

internal import CMartletWebKit
internal import MartletGLib

extension PageHost {
  /// The header of a navigation's request that carries its token, which no page can know.
  private static let tokenHeader = "Martlet-Navigation"

  /// Whether the view shows a page that is not the app's.
  private var showsForeignPage: Bool {
    let page = addressOfPage
    return !page.isEmpty && !gate.isOwn(page)
  }

  /// Whether the app's scheme may answer: what the app's page asks for, and what is to become the page.
  /// Documents of other origins in frames of the app's page ask with their origin, where they could read the
  /// answer.
  func mayAsk(_ request: SchemeRequest) -> Bool {
    if let origin = request.header("Origin"), !gate.isOwn(origin) { return false }
    guard showsForeignPage else { return true }
    guard let navigationToken, let shown = request.header(Self.tokenHeader) else { return false }
    return shown.hasSameBytes(as: navigationToken)
  }

  /// Has WebKit load `url`.
  func begin(_ url: String) {
    address.ask()
    guard gate.isOwn(url), showsForeignPage else { return webkit_web_view_load_uri(view.pointer(), url) }
    let navigationToken = randomToken()
    self.navigationToken = navigationToken
    // Only a request for http has headers; it keeps them when its address changes.
    let request = GObjectRef(adopting: webkit_uri_request_new("http://localhost/"))
    soup_message_headers_append(
      webkit_uri_request_get_http_headers(request.opaque), Self.tokenHeader, navigationToken)
    webkit_uri_request_set_uri(request.opaque, url)
    webkit_web_view_load_request(view.pointer(), request.opaque)
  }

  /// A page of another origin navigates to one of the app's, by a link or back in the history. The request
  /// had no token and was refused; its response shows that it is the main resource, so the navigation starts
  /// again with one. True then.
  func restartsNavigation(_ decision: OpaquePointer) -> Bool {
    guard navigationToken == nil, showsForeignPage,
      webkit_response_policy_decision_is_main_frame_main_resource(decision) != 0,
      webkit_uri_response_get_status_code(webkit_response_policy_decision_get_response(decision)) == 403
    else { return false }
    let url = String(
      cString: webkit_uri_request_get_uri(webkit_response_policy_decision_get_request(decision)))
    guard gate.isOwn(url) else { return false }
    webkit_policy_decision_ignore(UnsafeMutablePointer(decision))
    interruptions += 1
    pendingNavigation = MainLoop.soon { [weak self] in self?.begin(url) }
    return true
  }
}
