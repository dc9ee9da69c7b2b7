// The events of a web view, for its owner.

package import CMartletWebKit
package import MartletClone

package protocol PageHostDelegate: AnyObject {
  // The documents in it.

  /// The configuration for a document that begins.
  func pageHost(_ host: PageHost, configurationFor document: RendererDocument) -> DocumentConfiguration
  /// A frame has its first document.
  func pageHost(_ host: PageHost, didCreate frame: RendererFrame)
  /// A document has begun in its frame; none of its scripts has run.
  func pageHost(_ host: PageHost, didBegin document: RendererDocument)
  func pageHost(_ host: PageHost, didRemove frame: RendererFrame)
  /// A document has been left. It may still send envelopes.
  func pageHost(_ host: PageHost, didEnd document: RendererDocument)
  /// A document is no longer listened to. The last call about it.
  func pageHost(_ host: PageHost, didStopHearing document: RendererDocument)
  func pageHost(_ host: PageHost, didParse document: RendererDocument)
  /// A document and its resources are loaded.
  func pageHost(_ host: PageHost, didLoad document: RendererDocument)
  func pageHostDidPaint(_ host: PageHost)
  /// `{ message, file, line, stack }`.
  func pageHost(_ host: PageHost, preloadDidThrow error: CloneValue)
  /// `[ok, value]`: the result of the script with this number.
  func pageHost(
    _ host: PageHost, didEvaluate script: UInt32, _ answer: CloneValue, in frame: RendererFrame)
  /// An expected page does not come; the envelopes held for it were dropped.
  func pageHostExpectsNobody(_ host: PageHost)

  // The view.

  func pageHost(_ host: PageHost, titleDidChange title: String)
  func pageHost(_ host: PageHost, didLog message: ConsoleMessage)
  func pageHostDidFinishLoad(_ host: PageHost)
  func pageHost(_ host: PageHost, didFailLoad failure: LoadFailure)
  /// No load is in progress any more, whatever the result of the last one.
  func pageHostDidStopLoading(_ host: PageHost)
  func pageHost(_ host: PageHost, didRefuse navigation: String)
  /// The page closed itself, or did not object to being closed.
  func pageHostDidClose(_ host: PageHost)
  /// The page objected to being left.
  func pageHostDidRefuseToClose(_ host: PageHost)
  /// The first web process has started without a sandbox.
  func pageHostHasNoSandbox(_ host: PageHost)
  func pageHost(_ host: PageHost, processDidEnd reason: WebKitWebProcessTerminationReason)
}
