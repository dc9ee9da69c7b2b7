// What happens in a web view, for whoever owns it.

package import CMartletWebKit
package import MartletClone

package protocol PageHostDelegate: AnyObject {
  // The documents in it.

  /// What a document that begins is given.
  func pageHost(_ host: PageHost, configurationFor document: RendererDocument) -> DocumentConfiguration
  /// A frame has its first document.
  func pageHost(_ host: PageHost, didCreate frame: RendererFrame)
  /// A document is in its frame; nothing of its script has run.
  func pageHost(_ host: PageHost, didBegin document: RendererDocument)
  func pageHost(_ host: PageHost, didRemove frame: RendererFrame)
  /// A document has been left. It may still be heard.
  func pageHost(_ host: PageHost, didEnd document: RendererDocument)
  /// Nothing is heard of a document any longer. The last that is said of it.
  func pageHost(_ host: PageHost, didStopHearing document: RendererDocument)
  func pageHost(_ host: PageHost, didParse document: RendererDocument)
  /// A document and what it asked for are loaded.
  func pageHost(_ host: PageHost, didLoad document: RendererDocument)
  func pageHostDidPaint(_ host: PageHost)
  /// `{ message, file, line, stack }`.
  func pageHost(_ host: PageHost, preloadDidThrow error: CloneValue)
  /// `[ok, value]` of the script with this number.
  func pageHost(
    _ host: PageHost, didEvaluate script: UInt32, _ answer: CloneValue, in frame: RendererFrame)
  /// What was sent to a page that was to come is dropped: it does not come.
  func pageHostExpectsNobody(_ host: PageHost)

  // The view.

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
