// Loading: what the app begins, and how it goes on.

internal import MartletGLib
package import MartletClone
package import MartletWebHost

extension WebContents {
  /// Loads a URL. The result may be ignored, or awaited: `try await contents.loadURL(url).value`.
  @discardableResult
  public func loadURL(_ url: String) -> Loading {
    load(.success(url))
  }

  /// Loads a page of the app by its path, absolute or within the app's folder, over the app's own scheme.
  /// A file whose name, or a folder's on the way to it, begins with a dot is not found.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - query: What comes after the path and `?`, which may be left out. Electron: `query` and `search`.
  ///   - hash: What comes after `#`, which may be left out.
  @discardableResult
  public func loadFile(_ path: String, query: String? = nil, hash: String? = nil) -> Loading {
    load(host.engine.url(ofFile: path, query: query, hash: hash))
  }

  private func load(_ url: Result<String, LoadFailure>) -> Loading {
    let loading = Loading()
    switch url {
    case .success(let url): host.load(url) { loading.finish($0) }
    case .failure(let failure): host.refuse(failure) { loading.finish($0) }
    }
    return loading
  }

  /// Loads the page again.
  public func reload() { host.reload() }

  /// Stops loading.
  public func stop() { host.stop() }

  /// Whether a load is in progress.
  public var isLoading: Bool { host.isLoading }
  /// The URL of the page. Empty once the contents are destroyed.
  public var url: String { host.uri }
  /// The page's title. Empty once the contents are destroyed.
  public var title: String { host.title }

  // MARK: How it goes on

  /// How long a page may take to paint once it is loaded: it can take the animation frames away that say so.
  private static let longestPaint: UInt32 = 1000

  package func pageHost(_ host: PageHost, didLoad document: RendererDocument) {
    emit(
      .didFrameFinishLoad,
      DidFrameFinishLoad(frame: frame(document.frame), isMainFrame: document.frame.isMain))
    guard document.frame.isMain else { return }
    _ = MainLoop.after(milliseconds: Self.longestPaint) { [weak self] in self?.didPaint() }
  }

  package func pageHostDidPaint(_ host: PageHost) { didPaint() }

  package func pageHost(_ host: PageHost, didParse document: RendererDocument) {
    frame(document.frame).emit(.domReady)
    guard document.frame.isMain else { return }
    parsedDocument = document
    emit(.domReady)
    guard finishedDocument === document else { return }
    finishedDocument = nil
    emit(.didFinishLoad)
  }

  /// The page itself says that it is parsed, on its own lane, and is often heard only after WebKit.
  package func pageHostDidFinishLoad(_ host: PageHost) {
    guard let document = host.document, document !== parsedDocument else { return emit(.didFinishLoad) }
    finishedDocument = document
  }

  /// Where Electron shows a page that says so, here the window stays empty. It can be shown all the same: an app that
  /// waits for that would wait for ever.
  package func pageHost(_ host: PageHost, didFailLoad failure: LoadFailure) {
    emit(.didFailLoad, DidFailLoad(error: failure, frame: mainFrame))
    if failure.code != .aborted { didPaint() }
  }

  package func pageHostDidStopLoading(_ host: PageHost) { runWaitingScripts() }

  package func pageHost(_ host: PageHost, didRefuse navigation: String) {
    emit(.navigationRefused, NavigationRefused(url: navigation))
  }

  package func pageHost(_ host: PageHost, preloadDidThrow value: CloneValue) {
    func text(_ key: String) -> String { (try? String.decode(from: value[key])) ?? "" }
    let error = PreloadError(
      message: text("message"), file: text("file"), line: (try? Int.decode(from: value["line"])) ?? 0,
      stack: text("stack"))
    host.log.write(.preloadError) {
      "Unable to load preload script: \(preferences.preload ?? ""): \(error.message.cut(to: 500)) (\(error.place.cut(to: 300)))"
    }
    emit(.preloadError, PreloadFailure(preloadPath: preferences.preload ?? "", error: error))
  }

  private func didPaint() { owner?.contentsDidPaint(self) }
}
