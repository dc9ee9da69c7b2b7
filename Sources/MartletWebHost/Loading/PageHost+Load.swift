// Loading: what the app asked for, and how it ended.

internal import CMartletWebKit
internal import MartletClone
internal import MartletGLib

/// One load that the app asked for.
final class PageLoad {
  let url: String
  let finish: @MainActor (Result<Void, LoadFailure>) -> Void
  /// The same in WebKit's spelling.
  var address = ""
  /// Whether it leads to another place in the document that is there. To the same place it is the document
  /// once more.
  var staysInDocument = false
  /// Whether WebKit has begun it: a cancellation before that is the previous load's.
  var hasStarted = false
  var redirections = 0
  /// Whether a page of it is there.
  var hasCommitted = false

  /// What WebKit's error means at this point of the load; nil when it says it itself.
  func code(of error: GLibError) -> ErrorCode? {
    // It has neither domain nor code then.
    if redirections >= 20, error.domain.isEmpty { return .tooManyRedirects }
    switch LoadFailure.code(of: error) {
    case .connectionClosed where !hasCommitted: return .emptyResponse
    case .unsafePort: return refusal
    default: return nil
    }
  }

  /// What it means that WebKit does not connect: the port is on the Fetch standard's list, or the host is
  /// 0.0.0.0.
  var refusal: ErrorCode { ParsedURL(url)?.host == "0.0.0.0" ? .addressInvalid : .unsafePort }

  init(url: String, finish: @escaping @MainActor (Result<Void, LoadFailure>) -> Void) {
    self.url = url
    self.finish = finish
  }
}

extension PageHost {
  /// Loads `url`; `finish` hears once how it ended. A load that is under way is aborted.
  package func load(_ url: String, finish: @escaping @MainActor (Result<Void, LoadFailure>) -> Void) {
    guard !isDestroyed else { return finish(.failure(LoadFailure(.aborted, url: url))) }
    guard let parsed = ParsedURL(url) else { return refuse(LoadFailure(.invalidURL, url: url), finish) }
    guard gate.mayLoad(parsed) else { return refuse(LoadFailure(.blockedByClient, url: url), finish) }
    finishLoad(.failure(LoadFailure(.aborted, url: loading?.url ?? "")))
    loading = PageLoad(url: url, finish: finish)
    refusedAddress = nil
    gate.expect(url)
    pendingNavigation?.cancel()
    let page = addressOfPage
    begin(url)
    loading?.address = uri
    loading?.staysInDocument = page != uri && isPlace(in: page, uri)
  }

  /// Whether `address` has a fragment and is but for that the address of `page`.
  private func isPlace(in page: String, _ address: String) -> Bool {
    guard let mark = address.firstIndex(of: "#") else { return false }
    return address[..<mark] == page.prefix { $0 != "#" }
  }

  /// Ends a load before it has begun; one that is under way goes on.
  package func refuse(
    _ failure: LoadFailure, _ finish: @escaping @MainActor (Result<Void, LoadFailure>) -> Void
  ) {
    finish(.failure(failure))
    if !isDestroyed { delegate?.pageHost(self, didFailLoad: failure) }
  }

  package var isLoading: Bool {
    !isDestroyed
      && (loading != nil || refusedAddress == nil && webkit_web_view_is_loading(view.pointer()) != 0)
  }

  package func reload() {
    guard !isDestroyed else { return }
    gate.expect(uri)
    address.ask()
    webkit_web_view_reload(view.pointer())
  }

  package func stop() {
    guard !isDestroyed else { return }
    pendingNavigation?.cancel()
    webkit_web_view_stop_loading(view.pointer())
    endBeforeStart()
  }

  func loadChanged(_ event: WebKitLoadEvent) {
    Log.debug("load event \(event.rawValue) of \(uri.cut(to: PageLog.addressLimit))")
    switch event {
    case WEBKIT_LOAD_STARTED:
      address.start(viewAddress)
      refusedAddress = nil
      loading?.hasStarted = true
    case WEBKIT_LOAD_REDIRECTED:
      address.redirect(viewAddress)
      loading?.redirections += 1
    case WEBKIT_LOAD_COMMITTED:
      address.commit(viewAddress)
      documents.commit()
      navigationToken = nil
      if let refusal = loading.flatMap(refusal) {
        failedLoad = true
        finishLoad(.failure(refusal))
      }
      loading?.hasCommitted = true
    case WEBKIT_LOAD_FINISHED:
      address.stop()
      // After a failure WebKit says "finished" too; the failure has been told by then.
      if failedLoad { failedLoad = false } else { loadFinished() }
      tellWhenStopped()
    default:
      break
    }
  }

  /// What WebKit up to 2.50 refuses without saying so: the load starts, and what is committed is an empty
  /// page. (2.54 says that it failed.)
  private func refusal(of load: PageLoad) -> LoadFailure? {
    guard load.hasStarted, !load.hasCommitted, uri == "about:blank", let asked = ParsedURL(load.url),
      ["http", "https"].contains(asked.scheme)
    else { return nil }
    return LoadFailure(load.refusal, url: load.url)
  }

  private func loadFinished() {
    if document == nil {
      log.write(.noAnswer) {
        "the renderer extension did not answer for \(uri.cut(to: PageLog.addressLimit)): "
          + "no preload ran, and no IPC will work"
      }
      documents.expectNobody()
    }
    // Of any host: what there is not of the app's own is not there at all.
    if mainResourceStatus == 404, ParsedURL(uri)?.scheme == AppScheme.name {
      finishLoad(.failure(LoadFailure(.fileNotFound, url: uri)))
    } else {
      finishLoad(.success(()))
      delegate?.pageHostDidFinishLoad(self)
    }
  }

  private var mainResourceStatus: UInt32? {
    guard let resource = webkit_web_view_get_main_resource(view.pointer()),
      let response = webkit_web_resource_get_response(resource)
    else { return nil }
    return webkit_uri_response_get_status_code(response)
  }

  /// True stops WebKit from showing its own error page.
  func loadFailed(_ url: String, _ error: GLibError) -> Bool {
    // WebKit tells the address without its fragment.
    let asked = loading.flatMap { isPlace(in: url, $0.address) ? $0.url : nil }
    let failure = LoadFailure(
      loading?.code(of: error) ?? LoadFailure.code(of: error), url: asked ?? url)
    Log.debug(
      "load of \(url.cut(to: PageLog.addressLimit)) failed: \(error.domain) \(error.code) \(error.message)")
    failedLoad = true
    if failure.code == .aborted, interruptions > 0 {
      interruptions -= 1
      return true
    }
    if failure.code == .aborted, loading?.hasStarted == false { return true }
    navigationToken = nil
    finishLoad(.failure(failure))
    return true
  }

  /// An untrusted certificate: true stops WebKit from showing its own error page.
  func certificateFailed(_ url: String, _ errors: GTlsCertificateFlags) -> Bool {
    Log.debug("load of \(url.cut(to: PageLog.addressLimit)) failed: certificate errors \(errors.rawValue)")
    failedLoad = true
    finishLoad(.failure(LoadFailure(errors, url: url)))
    return true
  }

  /// The view is elsewhere, or has begun or ended to load. WebKit tells nothing else of another place in the
  /// same document: such a load never starts.
  func placeChanged() {
    guard !isDestroyed else { return }
    address.move(viewAddress)
    guard webkit_web_view_is_loading(view.pointer()) == 0 else { return }
    if let loading, !loading.hasStarted, loading.staysInDocument, loading.address == uri {
      address.forgetRequested()
      address.move(viewAddress)
      finishLoad(.success(()))
    }
    tellWhenStopped()
  }

  func tellWhenStopped() {
    if !isDestroyed, !isLoading { delegate?.pageHostDidStopLoading(self) }
  }

  /// The load that the app asked for will not begin: the page objects to being left, or the app has stopped
  /// it. WebKit goes on to say that it is loading, and is where that load was to lead.
  func endBeforeStart() {
    guard let loading, !loading.hasStarted else { return }
    refusedAddress = loading.address
    finishLoad(.failure(LoadFailure(.aborted, url: loading.url)))
    tellWhenStopped()
  }

  func finishLoad(_ result: Result<Void, LoadFailure>) {
    guard let loading else { return }
    self.loading = nil
    loading.finish(result)
    if case .failure(let failure) = result { delegate?.pageHost(self, didFailLoad: failure) }
  }
}
