// The object that shows a page, as the page knows it.

/// Shows web contents: a window.
protocol WebContentsOwner: AnyObject {
  /// The page has been painted in its own process, or there is nothing to wait for.
  func contentsDidPaint(_ contents: WebContents)
  func contents(_ contents: WebContents, titleDidChange title: String)
  /// The page closed itself, or did not object to being closed.
  func contentsDidClose(_ contents: WebContents)
  /// The page objected to being left.
  func contentsDidRefuseToClose(_ contents: WebContents)
}
