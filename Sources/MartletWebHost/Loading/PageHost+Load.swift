// Loads that the app requests, and their results.

internal import CMartletWebKit
internal import MartletClone
internal import MartletGLib

/// One load that the app requested.
final class PageLoad {
  let url: String
  let finish: @MainActor (Result<Void, LoadFailure>) -> Void
  /// `url` in WebKit's spelling.
  var address = ""
  /// Whether the load leads to another fragment of the current document. The same address reloads the
  /// document.
  var staysInDocument = false
  /// Whether WebKit has begun it. An earlier cancellation belongs to the previous load.
  var hasStarted = false
  var redirections = 0
  /// Whether its page has been committed.
  var hasCommitted = false

  /// The code for an error of WebKit at this stage of the load; nil when the error is already specific.
  func code(of error: GLibError) -> ErrorCode? {
    // WebKit's error has neither domain nor code in this case.
    if redirections >= 20, error.domain.isEmpty { return .tooManyRedirects }
    switch LoadFailure.code(of: error) {
    case .connectionClosed where !hasCommitted: return .emptyResponse
    case .unsafePort: return refusal
    default: return nil
    }
  }

  /// The reason why WebKit does not connect: the port is on the Fetch standard's list of blocked ports, or
  /// the host is 0.0.0.0.
  var refusal: ErrorCode { ParsedURL(url)?.host == "0.0.0.0" ? .addressInvalid : .unsafePort }

  init(url: String, finish: @escaping @MainActor (Result<Void, LoadFailure>) -> Void) {
    self.url = url
    self.finish = finish
  }
}

extension PageHost {
  /// Loads `url`; `finish` is called once with the result. A load in progress is aborted.
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

  /// Whether `address` has a fragment and otherwise equals the address of `page`.
  private func isPlace(in page: String, _ address: String) -> Bool {
    guard let mark = address.firstIndex(of: "#") else { return false }
    return address[..<mark] == page.prefix { $0 != "#" }
  }

  /// Fails a load before it begins; a load in progress continues.
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
      // WebKit reports "finished" after a failure too; the failure has already been reported.
      if failedLoad { failedLoad = false } else { loadFinished() }
      tellWhenStopped()
    default:
      break
    }
  }

  /// The failure for an address that WebKit up to 2.50 refuses silently: the load starts, and an empty page
  /// is committed. (2.54 reports a failure.)
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
    // For any host: a missing page of the app's own scheme is a failed load.
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
    // WebKit reports the address without its fragment.
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

  /// The address has changed, or loading has begun or ended. For another fragment of the same document WebKit
  /// gives no other signal: such a load never starts.
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

  /// The load that the app requested will not begin: the page objected to being left, or the app stopped the
  /// load. WebKit still reports that it is loading, and the target's address.
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
