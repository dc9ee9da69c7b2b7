// Reserves the app's files for the app's own pages. A navigation from a page of another origin to a page of
// the app carries a token. Until the navigation is committed, the old page's scripts still run, and only the
// token distinguishes the navigation's request from theirs.

internal import CMartletWebKit
internal import MartletGLib

extension PageHost {
  /// The request header that carries a navigation's token, which is unknown to pages.
  private static let tokenHeader = "Martlet-Navigation"

  /// Whether the view shows a page of another origin.
  private var showsForeignPage: Bool {
    let page = addressOfPage
    return !page.isEmpty && !gate.isOwn(page)
  }

  /// Whether the app's scheme may answer: requests of the app's page, and the main resource of its next page.
  /// In frames of the app's page, documents of other origins send their origin where they could read the
  /// answer.
  func mayAsk(_ request: SchemeRequest) -> Bool {
    if let origin = request.header("Origin"), !gate.isOwn(origin) { return false }
    guard showsForeignPage else { return true }
    guard let navigationToken, let shown = request.header(Self.tokenHeader) else { return false }
    return shown.hasSameBytes(as: navigationToken)
  }

  /// Makes WebKit load `url`.
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

  /// Restarts a navigation from a page of another origin to a page of the app, by a link or through the
  /// history. Its request had no token and was refused. The response shows that it is the main resource, so
  /// the navigation is started again with a token. Returns true in this case.
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
