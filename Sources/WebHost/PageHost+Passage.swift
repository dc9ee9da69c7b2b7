// Who may ask for the app's files: its own pages. A page of another origin is left for one of the app's, and until that is
// there its scripts run and would read along: a request of theirs is like that of the page which is to come.

internal import CWebKit
internal import GLibKit

extension PageHost {
  /// What a load of the app's page says that another's page in the view cannot know.
  private static let passageHeader = "Martlet-Passage"

  /// Whether the view shows a page that is not the app's.
  private var showsForeignPage: Bool {
    let page = addressOfPage
    return !page.isEmpty && !gate.isOwn(page)
  }

  /// Whether the app's scheme may answer: what the app's page asks for, and what is to become the page. Documents of other
  /// origins in frames of the app's page ask with their origin, where they could read the answer.
  func mayAsk(_ request: SchemeRequest) -> Bool {
    if let origin = request.header("Origin"), !gate.isOwn(origin) { return false }
    guard showsForeignPage else { return true }
    guard let passage, let shown = request.header(Self.passageHeader) else { return false }
    return shown.hasSameBytes(as: passage)
  }

  /// Has WebKit load `url`.
  func begin(_ url: String) {
    guard gate.isOwn(url), showsForeignPage else { return webkit_web_view_load_uri(view.pointer(), url) }
    let passage = randomToken()
    self.passage = passage
    // Only a request for http has headers; it keeps them when its address changes.
    let request = GObjectRef(adopting: webkit_uri_request_new("http://localhost/"))
    soup_message_headers_append(
      webkit_uri_request_get_http_headers(request.opaque), Self.passageHeader, passage)
    webkit_uri_request_set_uri(request.opaque, url)
    webkit_web_view_load_request(view.pointer(), request.opaque)
  }

  /// Another's page leads to one of the app's, by a link or back in the history. It was refused, for it came without a
  /// passage; now it is known to be the page itself, and the view goes there with one. True when it does.
  func isTakenOver(_ decision: SignalPointer) -> Bool {
    let answer = OpaquePointer(decision)
    guard passage == nil, showsForeignPage,
      webkit_response_policy_decision_is_main_frame_main_resource(answer) != 0,
      webkit_uri_response_get_status_code(webkit_response_policy_decision_get_response(answer)) == 403
    else { return false }
    let url = String(cString: webkit_uri_request_get_uri(webkit_response_policy_decision_get_request(answer)))
    guard gate.isOwn(url) else { return false }
    webkit_policy_decision_ignore(decision.assumingMemoryBound(to: WebKitPolicyDecision.self))
    interruptions += 1
    takeover = MainLoop.soon { [weak self] in self?.begin(url) }
    return true
  }
}
