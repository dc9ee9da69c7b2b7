// The events of web contents that their window handles.

/// An object that shows web contents, such as a window.
protocol WebContentsOwner: AnyObject {
  /// The web process has painted the page, or there is no paint to wait for.
  func contentsDidPaint(_ contents: WebContents)
  func contents(_ contents: WebContents, titleDidChange title: String)
  /// The page closed itself, or did not prevent closing.
  func contentsDidClose(_ contents: WebContents)
  /// The page prevented closing.
  func contentsDidRefuseToClose(_ contents: WebContents)
}
