// The frames of a page, and the documents in them.

package import MartletWebHost

extension WebContents {
  /// The public object of one of this page's frames, created on first use.
  func frame(_ frame: RendererFrame) -> WebFrameMain {
    if frame.isMain { return mainFrame }
    if let known = frames[frame.treeNodeID] { return known }
    let made = WebFrameMain(frame, of: self)
    if !frame.isGone { frames[frame.treeNodeID] = made }
    return made
  }

  /// The frame whose listeners receive a document's messages, even after the frame has been removed from the
  /// page.
  func frame(of document: RendererDocument) -> WebFrameMain {
    guard document.frame.isGone else { return frame(document.frame) }
    return unloadingFrames[ObjectIdentifier(document)] ?? frame(document.frame)
  }

  package func pageHost(_ host: PageHost, configurationFor document: RendererDocument)
    -> DocumentConfiguration
  {
    DocumentConfiguration(
      preload: document.isTrusted ? preferences.preload : nil,
      arguments: [InstalledFiles.executable] + preferences.additionalArguments,
      versions: Versions.all)
  }

  package func pageHost(_ host: PageHost, didCreate frame: RendererFrame) {
    emit(.frameCreated, FrameCreated(frame: self.frame(frame)))
  }

  package func pageHost(_ host: PageHost, didBegin document: RendererDocument) {
    emit(
      .didFrameNavigate,
      DidFrameNavigate(
        frame: frame(document.frame), url: document.url, isMainFrame: document.frame.isMain))
  }

  package func pageHost(_ host: PageHost, didRemove frame: RendererFrame) {
    frames.removeValue(forKey: frame.treeNodeID)?._events.end()
  }

  package func pageHost(_ host: PageHost, didEnd document: RendererDocument) {
    let frame = frame(document.frame)
    frame.scripts.failAll()
    if !document.frame.isMain, !document.isEnded { unloadingFrames[ObjectIdentifier(document)] = frame }
  }

  package func pageHost(_ host: PageHost, didStopHearing document: RendererDocument) {
    unloadingFrames[ObjectIdentifier(document)] = nil
  }
}
