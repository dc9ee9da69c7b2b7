// Loading: what the app asked for, and how it ended.

internal import CWebKit
internal import GLibKit

/// One load that the app asked for.
final class PageLoad {
  let url: String
  let finish: @MainActor (Result<Void, LoadFailure>) -> Void
  /// Whether WebKit has begun it: a cancellation before that is the previous load's.
  var hasStarted = false
  /// Whether a page of it is there.
  var hasCommitted = false

  init(url: String, finish: @escaping @MainActor (Result<Void, LoadFailure>) -> Void) {
    self.url = url
    self.finish = finish
  }
}

extension PageHost {
  /// Loads `url`; `finish` hears once how it ended. A load that is under way is aborted.
  package func load(_ url: String, finish: @escaping @MainActor (Result<Void, LoadFailure>) -> Void) {
    guard !isDestroyed else { return finish(.failure(LoadFailure(.aborted, url: url))) }
    finishLoad(.failure(LoadFailure(.aborted, url: loading?.url ?? "")))
    guard let parsed = ParsedURL(url) else { return finish(.failure(LoadFailure(.invalidURL, url: url))) }
    guard gate.mayLoad(parsed) else { return finish(.failure(LoadFailure(.blockedByClient, url: url))) }
    loading = PageLoad(url: url, finish: finish)
    gate.expect(url)
    webkit_web_view_load_uri(view.pointer(), url)
  }

  package var isLoading: Bool { !isDestroyed && webkit_web_view_is_loading(view.pointer()) != 0 }

  package func reload() {
    guard !isDestroyed else { return }
    gate.expect(uri)
    webkit_web_view_reload(view.pointer())
  }

  package func stop() {
    guard !isDestroyed else { return }
    webkit_web_view_stop_loading(view.pointer())
  }

  func loadChanged(_ event: WebKitLoadEvent) {
    Log.debug("load event \(event.rawValue) of \(uri)")
    switch event {
    case WEBKIT_LOAD_STARTED:
      loading?.hasStarted = true
    case WEBKIT_LOAD_COMMITTED:
      documents.commit()
      if let refusal = loading.flatMap(refusal) {
        failedLoad = true
        finishLoad(.failure(refusal))
      }
      loading?.hasCommitted = true
    case WEBKIT_LOAD_FINISHED:
      // After a failure WebKit says "finished" too; the failure has been told by then.
      if failedLoad { failedLoad = false } else { loadFinished() }
    default:
      break
    }
  }

  /// What WebKit refuses without saying so: a port of the Fetch standard's list, or 0.0.0.0. The load starts, and what
  /// is committed is an empty page.
  private func refusal(of load: PageLoad) -> LoadFailure? {
    guard load.hasStarted, !load.hasCommitted, uri == "about:blank", let asked = ParsedURL(load.url),
      ["http", "https"].contains(asked.scheme)
    else { return nil }
    return LoadFailure(asked.host == "0.0.0.0" ? .addressInvalid : .unsafePort, url: load.url)
  }

  private func loadFinished() {
    if document == nil {
      Log.warning("the renderer extension did not answer for \(uri): no preload ran, and no IPC will work")
      documents.expectNobody()
    }
    if mainResourceStatus == 404, gate.isOwn(uri) {
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
    let failure = LoadFailure(error, url: url)
    Log.debug("load of \(url) failed: \(error.domain) \(error.code) \(error.message)")
    failedLoad = true
    if failure.kind == .aborted, loading?.hasStarted == false { return true }
    finishLoad(.failure(failure))
    return true
  }

  func finishLoad(_ result: Result<Void, LoadFailure>) {
    guard let loading else { return }
    self.loading = nil
    loading.finish(result)
    if case .failure(let failure) = result { delegate?.pageHost(self, didFailLoad: failure) }
  }
}
