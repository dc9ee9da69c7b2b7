// What happens in a web view, for whoever owns it.

package import CMartletWebKit
package import MartletIPC

package protocol PageHostDelegate: AnyObject {
  /// What a document that begins is given.
  func pageHost(_ host: PageHost, configurationFor document: RendererDocument) -> DocumentConfiguration
  /// A frame has its first document.
  func pageHost(_ host: PageHost, didCreate frame: RendererFrame)
  /// A document is in its frame; nothing of its script has run.
  func pageHost(_ host: PageHost, didBegin document: RendererDocument)
  func pageHost(_ host: PageHost, didRemove frame: RendererFrame)
  func pageHost(_ host: PageHost, didEnd document: RendererDocument)
  func pageHost(
    _ host: PageHost, didReceive envelope: Envelope, _ reply: SyncReply?, from document: RendererDocument)
  /// What was sent to a page that was to come is dropped: it does not come.
  func pageHostExpectsNobody(_ host: PageHost)
  func pageHost(_ host: PageHost, titleDidChange title: String)
  func pageHost(_ host: PageHost, didLog message: ConsoleMessage)
  func pageHostDidFinishLoad(_ host: PageHost)
  func pageHost(_ host: PageHost, didFailLoad failure: LoadFailure)
  /// No load is under way any more, however the last one ended.
  func pageHostDidStopLoading(_ host: PageHost)
  func pageHost(_ host: PageHost, didRefuse navigation: String)
  /// The page closed itself, or did not object to being closed.
  func pageHostDidClose(_ host: PageHost)
  /// The page objected to being left.
  func pageHostDidRefuseToClose(_ host: PageHost)
  /// The first web process is there, and has no sandbox.
  func pageHostHasNoSandbox(_ host: PageHost)
  func pageHost(_ host: PageHost, processDidEnd reason: WebKitWebProcessTerminationReason)
}
