// One WebKitWebView and the document in it. Signals of the view go to the delegate; envelopes go between the
// current document and the delegate. Main thread only.

internal import CMartletShim
internal import CMartletWebKit
package import MartletGLib
package import MartletIPC

/// Hosts the pages of one web view, one after another.
package final class PageHost {
  package let engine: WebEngine
  /// Set until shortly after `destroy()`. Since 2.54 WebKit keeps the web process for as long as the view,
  /// even a disposed one, and a stored event may keep this object for a long time.
  package private(set) var view: GObjectRef!
  package weak var delegate: (any PageHostDelegate)?
  private(set) lazy var documents = DocumentRegistry(self)
  /// Receives the calls of its documents' scripts.
  package var calls: (any IpcCallReceiver<RendererDocument>)? {
    get { documents.calls }
    set { documents.calls = newValue }
  }
  let gate: NavigationGate
  private let manager: GObjectRef
  var loading: PageLoad?
  private(set) var isDestroyed = false
  /// The address of the current page.
  var address = CommittedAddress()
  /// Log lines that its pages cause.
  package let log: PageLog
  /// The address of a load that failed before it began: WebKit reports it as `uri` until the next load.
  var refusedAddress: String?
  /// Whether the next "finished" belongs to a load that has failed.
  var failedLoad = false
  /// The token of a navigation from a page of another origin to a page of the app; nil when there is none.
  var navigationToken: String?
  /// Restarts such a navigation with a token.
  var pendingNavigation: SourceToken?
  /// The number of loads that we interrupted and whose end WebKit has not reported yet.
  var interruptions = 0
  /// Timeout for the last envelopes of a page that has closed itself.
  var closeTimer: SourceToken?

  /// Whether documents of the app in subframes are as trusted as the main frame's.
  let trustsSubframes: Bool

  /// - Parameter name: The name for log lines.
  package init(
    _ name: String, engine: WebEngine, contentSecurityPolicy: String?, trustsSubframes: Bool
  ) {
    self.engine = engine
    log = PageLog(of: name)
    self.trustsSubframes = trustsSubframes
    manager = GObjectRef(adopting: webkit_user_content_manager_new())
    view = GObjectRef(
      retaining: martlet_web_view_new(
        engine.context.opaque, engine.session.opaque, manager.opaque, contentSecurityPolicy))
    gate = NavigationGate(appID: engine.appID)
    let settings = webkit_web_view_get_settings(view.pointer())
    // A page restored from the page cache would find its lane closed; going back reloads it instead.
    webkit_settings_set_enable_page_cache(settings, 0)
    webkit_settings_set_enable_developer_extras(settings, 1)
    // The web process writes console messages with all arguments to its standard error, which is ours; the
    // extension gets only the first argument.
    webkit_settings_set_enable_write_console_messages_to_stdout(settings, 1)
    webkit_settings_set_javascript_can_open_windows_automatically(settings, 0)
    webkit_settings_set_javascript_can_access_clipboard(settings, 0)
    connectSignals()
    engine.add(self)
  }

  private func connectSignals() {
    manager.onScriptMessage(handler: Self.messageHandler) { [weak self] message in
      if let text = String(taking: jsc_value_to_string(message)) { self?.documents.scriptMessage(text) }
    }
    webkit_user_content_manager_register_script_message_handler(
      manager.opaque, Self.messageHandler, engine.world)
    view.onUserMessage { [weak self] in self?.userMessage($0) ?? false }
    view.onLoadChanged { [weak self] in self?.loadChanged($0) }
    view.onLoadFailed { [weak self] _, uri, error in self?.loadFailed(uri, error) ?? false }
    view.onLoadFailedWithTLSErrors { [weak self] in self?.certificateFailed($0, $1) ?? false }
    view.onURIChanged { [weak self] in self?.placeChanged() }
    view.onIsLoadingChanged { [weak self] in self?.placeChanged() }
    view.onTitleChanged { [weak self] in self.map { $0.delegate?.pageHost($0, titleDidChange: $0.title) } }
    view.onDecidePolicy { [weak self] in self?.decide($0, $1) ?? false }
    view.onScriptDialog { [weak self] in self?.scriptDialog($0) ?? false }
    view.onClose { [weak self] in self?.closed() }
    view.onWebProcessTerminated { [weak self] in self?.processGone($0) }
  }

  /// The name of the script message handler through which the preload's world sends.
  private static let messageHandler = "martlet"

  // MARK: The document

  /// The main frame's document, once it has said hello.
  package var document: RendererDocument? { documents.main }

  /// The main frame: always the same, whatever page is in it.
  package var mainFrame: RendererFrame { documents.frames.main }

  /// Sends an envelope to the current document, or holds it for one that is certain to load.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    try documents.send(envelope, ports: ports)
  }

  /// Ends the page's process; WebKit reports it like any other end. Deferred, because this may run inside one
  /// of WebKit's callbacks.
  func endProcess() {
    let page = documents.pages
    MainLoop.soon { [weak self] in
      guard let self, !isDestroyed, documents.pages == page else { return }
      webkit_web_view_terminate_web_process(view.pointer())
    }
  }

  private func processGone(_ reason: WebKitWebProcessTerminationReason) {
    documents.close()
    log.endPage()
    finishLoad(.failure(LoadFailure(.failed, url: uri)))
    address.end()
    tellWhenStopped()
    delegate?.pageHost(self, processDidEnd: reason)
  }

  /// Messages of the extension.
  private func userMessage(_ message: OpaquePointer) -> Bool {
    if let announcement = FrameAnnouncement(message) {
      documents.announce(announcement)
    } else if let console = ConsoleMessage(message) {
      delegate?.pageHost(self, didLog: console)
    } else {
      return false
    }
    return true
  }

  // MARK: The view

  /// Chromium's limit of a title, in bytes.
  private static let titleLimit = 4 << 10

  package var title: String { text(webkit_web_view_get_title, limit: Self.titleLimit) }

  /// The view's address, or the target of the load that the app has requested.
  package var uri: String {
    let uri = viewAddress
    return uri == refusedAddress ? addressOfPage : uri
  }

  /// WebKit's `uri`, cut at the length limit.
  var viewAddress: String { text(webkit_web_view_get_uri, limit: ParsedURL.limit) }

  /// The committed address of the current page, whatever is being loaded.
  var addressOfPage: String { isDestroyed ? "" : address.value }

  private func text(
    _ read: (UnsafeMutablePointer<WebKitWebView>?) -> UnsafePointer<CChar>?, limit: Int
  ) -> String {
    isDestroyed ? "" : read(view.pointer()).map { String($0, limit: limit) } ?? ""
  }

  /// Asks the page to close, which may object by `beforeunload`; otherwise `pageHostDidClose` follows.
  package func tryClose() {
    guard !isDestroyed else { return }
    webkit_web_view_try_close(view.pointer())
  }

  /// A page that objects to being left stays, without a question, as in Electron. WebKit shows other dialogs.
  /// Very long ones are answered as cancelled, because laying them out would block the app.
  private func scriptDialog(_ dialog: OpaquePointer) -> Bool {
    guard webkit_script_dialog_get_dialog_type(dialog) == WEBKIT_SCRIPT_DIALOG_BEFORE_UNLOAD_CONFIRM else {
      return refuseIfLong(dialog)
    }
    webkit_script_dialog_confirm_set_confirmed(dialog, 0)
    endBeforeStart()
    delegate?.pageHostDidRefuseToClose(self)
    return true
  }

  /// The maximum length of a page's dialog text in bytes.
  private static let dialogLimit = 10_000

  private func refuseIfLong(_ dialog: OpaquePointer) -> Bool {
    var length = strlen(webkit_script_dialog_get_message(dialog))
    if webkit_script_dialog_get_dialog_type(dialog) == WEBKIT_SCRIPT_DIALOG_PROMPT,
      let text = webkit_script_dialog_prompt_get_default_text(dialog)
    {
      length += strlen(text)
    }
    guard length > Self.dialogLimit else { return false }
    log.write(.longDialog) {
      "refused a dialog: its text exceeds \(Self.dialogLimit) bytes "
        + "(\(addressOfPage.cut(to: PageLog.addressLimit)))"
    }
    return true
  }

  /// Destroys the page and ends its process.
  package func destroy() {
    guard !isDestroyed else { return }
    closeTimer?.cancel()
    closeTimer = nil
    pendingNavigation?.cancel()
    documents.close()
    log.endPage()
    finishLoad(.failure(LoadFailure(.aborted, url: uri)))
    engine.remove(self)
    delegate = nil
    isDestroyed = true
    // Deferred, because this may run inside one of the view's signals.
    MainLoop.soon { [self] in
      martlet_web_view_dispose(view.pointer())
      view = nil
    }
  }
}
