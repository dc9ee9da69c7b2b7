// Loads: how the app starts them, and their progress.

internal import MartletGLib
package import MartletClone
package import MartletWebHost

extension WebContents {
  /// Loads a URL. Electron: `loadURL(url)`.
  ///
  /// - Parameter url: An absolute URL.
  /// - Returns: The load. Ignore it, or await it: `try await contents.loadURL(url).value`.
  @discardableResult
  public func loadURL(_ url: String) -> Loading {
    load(.success(url))
  }

  /// Loads a file of the app over the app's own scheme, `app://`. Electron: `loadFile(filePath, options)`,
  /// which loads over `file://`.
  ///
  /// A file is not found if its name, or the name of a folder on its path, begins with a dot.
  ///
  /// - Parameters:
  ///   - path: The file's path, absolute or relative to the app's folder.
  ///   - query: The URL's query, with or without `?`. Electron: `query` and `search`.
  ///   - hash: The URL's fragment, with or without `#`.
  /// - Returns: The load. Ignore it, or await it: `try await contents.loadFile(path).value`.
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

  /// Reloads the page.
  public func reload() { host.reload() }

  /// Stops a load in progress.
  public func stop() { host.stop() }

  /// Whether a load is in progress.
  public var isLoading: Bool { host.isLoading }
  /// The URL of the page. Empty once the contents are destroyed.
  public var url: String { host.uri }
  /// The page's title. Empty once the contents are destroyed.
  public var title: String { host.title }

  // MARK: Progress

  /// Maximal wait for the first paint after the load, in milliseconds. A page can disable the animation
  /// frames that report it.
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

  /// The page reports over its own lane that it is parsed. That often arrives after WebKit's signal.
  package func pageHostDidFinishLoad(_ host: PageHost) {
    guard let document = host.document, document !== parsedDocument else { return emit(.didFinishLoad) }
    finishedDocument = document
  }

  /// Electron shows an error page here; Martlet's window stays empty. It still counts as ready to show,
  /// because an app may be waiting for that.
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
      "Unable to load preload script: \(preferences.preload ?? ""): "
        + "\(error.message.cut(to: 500)) (\(error.place.cut(to: 300)))"
    }
    emit(.preloadError, PreloadFailure(preloadPath: preferences.preload ?? "", error: error))
  }

  private func didPaint() { owner?.contentsDidPaint(self) }
}
