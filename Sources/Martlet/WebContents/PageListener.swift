// What MartletWebHost says of the page, as Electron's events.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletIPC
internal import MartletClone
internal import MartletWebHost

/// Hears of one page.
final class PageListener: PageHostDelegate {
  /// Set at once by the contents, which own this.
  weak var contents: WebContents!
  /// The page's document whose `dom-ready` has been heard.
  private weak var parsed: RendererDocument?
  /// The one that WebKit has finished before that.
  private weak var finished: RendererDocument?

  func pageHost(_ host: PageHost, configurationFor document: RendererDocument) -> DocumentConfiguration {
    DocumentConfiguration(
      preload: document.isTrusted ? contents.preferences.preload : nil,
      arguments: [InstalledFiles.executable] + contents.preferences.additionalArguments,
      versions: Versions.all)
  }

  func pageHost(_ host: PageHost, didEnd document: RendererDocument) {
    let frame = contents.frame(document.frame)
    frame.scripts.failAll()
    // Its listeners hear what the document says last, though the frame is out of the page by then.
    if !document.frame.isMain { document.companion = frame }
  }

  func pageHostExpectsNobody(_ host: PageHost) {
    contents.mainFrame.scripts.failAll()
  }

  func pageHost(_ host: PageHost, didCreate frame: RendererFrame) {
    contents.emit(.frameCreated, WebContents.FrameCreated(frame: contents.frame(frame)))
  }

  func pageHost(_ host: PageHost, didBegin document: RendererDocument) {
    contents.emit(
      .didFrameNavigate,
      WebContents.DidFrameNavigate(
        frame: contents.frame(document.frame), url: document.url, isMainFrame: document.frame.isMain))
  }

  func pageHost(_ host: PageHost, didRemove frame: RendererFrame) {
    contents.forget(frame)
  }

  func pageHost(
    _ host: PageHost, didReceive envelope: Envelope, _ reply: SyncReply?, from document: RendererDocument
  ) {
    switch envelope.kind {
    case .domReady: didParse(document)
    case .loaded where document.isAlive: didLoad(document)
    case .painted where document.frame.isMain: contents.window?.didPaint()
    case .evaluated where document.isAlive: contents.frame(document.frame).scripts.finish(envelope)
    case .preloadError where document.isTrusted: preloadFailed(envelope.value, in: host)
    case .loaded, .painted, .evaluated, .preloadError: break
    default: IpcDispatch(contents: contents, document: document).receive(envelope, reply)
    }
  }

  /// How long a page may take to paint once it is loaded: it can take the animation frames away that say so.
  private static let longestPaint: UInt32 = 1000

  private func didLoad(_ document: RendererDocument) {
    contents.emit(
      .didFrameFinishLoad,
      WebContents.DidFrameFinishLoad(
        frame: contents.frame(document.frame), isMainFrame: document.frame.isMain))
    guard document.frame.isMain else { return }
    _ = MainLoop.after(milliseconds: Self.longestPaint) { [weak contents] in contents?.window?.didPaint() }
  }

  private func didParse(_ document: RendererDocument) {
    guard document.isAlive else { return }
    contents.frame(document.frame).emit(.domReady)
    guard document.frame.isMain else { return }
    parsed = document
    contents.emit(.domReady)
    guard finished === document else { return }
    finished = nil
    contents.emit(.didFinishLoad)
  }

  private func preloadFailed(_ value: CloneValue, in host: PageHost) {
    func text(_ key: String) -> String { (try? String.decode(from: value[key])) ?? "" }
    let error = PreloadError(
      message: text("message"), file: text("file"), line: (try? Int.decode(from: value["line"])) ?? 0,
      stack: text("stack"))
    host.log.write(.preloadError) {
      "Unable to load preload script: \(contents.preferences.preload ?? ""): \(error.message.cut(to: 500)) (\(error.place.cut(to: 300)))"
    }
    contents.emit(
      .preloadError, WebContents.PreloadFailure(preloadPath: contents.preferences.preload ?? "", error: error)
    )
  }

  func pageHost(_ host: PageHost, titleDidChange title: String) {
    guard !title.isEmpty else { return }
    contents.window?.pageTitleDidChange(title)
    contents.emit(.pageTitleUpdated, WebContents.PageTitleUpdated(title: title))
  }

  func pageHost(_ host: PageHost, didLog message: ConsoleMessage) {
    if message.isOfNetwork {
      host.log.write(.missingResource, domain: "Page") {
        "\(message.text.cut(to: 500)) (\(message.source.cut(to: PageLog.addressLimit)))"
      }
    }
    contents.emit(.consoleMessage, message)
  }

  /// The page itself says that it is parsed, on its own lane, and is often heard only after WebKit.
  func pageHostDidFinishLoad(_ host: PageHost) {
    guard let document = host.document, document !== parsed else { return contents.emit(.didFinishLoad) }
    finished = document
  }

  /// Where Electron shows a page that says so, here the window stays empty. It can be shown all the same: an app that
  /// waits for that would wait for ever.
  func pageHost(_ host: PageHost, didFailLoad failure: LoadFailure) {
    contents.emit(.didFailLoad, WebContents.DidFailLoad(error: failure, frame: contents.mainFrame))
    if failure.code != .aborted { contents.window?.didPaint() }
  }

  func pageHostDidStopLoading(_ host: PageHost) {
    contents.runWaitingScripts()
  }

  func pageHost(_ host: PageHost, didRefuse navigation: String) {
    contents.emit(.navigationRefused, WebContents.NavigationRefused(url: navigation))
  }

  func pageHostDidClose(_ host: PageHost) {
    contents.window?.pageDidClose()
  }

  func pageHostDidRefuseToClose(_ host: PageHost) {
    contents.window?.refuseToClose()
  }

  func pageHostHasNoSandbox(_ host: PageHost) {
    App.current?.emit(.sandboxMissing, contents)
  }

  func pageHost(_ host: PageHost, processDidEnd reason: WebKitWebProcessTerminationReason) {
    let reason: WebContents.RenderProcessGone.Reason =
      switch reason {
      case WEBKIT_WEB_PROCESS_CRASHED: .crashed
      case WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT: .oom
      default: .killed
      }
    contents.report(.gone, "the web process is gone: \(reason)")
    contents.emit(.renderProcessGone, WebContents.RenderProcessGone(reason: reason))
  }
}
