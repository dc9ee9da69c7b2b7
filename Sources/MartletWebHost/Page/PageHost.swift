// One WebKitWebView and the document in it: what WebKit says of the view goes to the delegate, frames go
// between the current document and the delegate. Main thread only.

internal import CMartletShim
internal import CMartletWebKit
package import MartletGLib
package import MartletIPC

/// Hosts one page after another in one web view.
package final class PageHost {
  package let engine: WebEngine
  /// There until a moment after `destroy()`: since 2.54 WebKit keeps the web process for as long as the view,
  /// even one that is disposed of, and this may be held for long, by an event that somebody has kept.
  package private(set) var view: GObjectRef!
  package weak var delegate: (any PageHostDelegate)?
  private(set) lazy var documents = DocumentRegistry(self)
  /// Receives what the scripts of its documents call.
  package var calls: (any IpcCallReceiver<RendererDocument>)? {
    get { documents.calls }
    set { documents.calls = newValue }
  }
  let gate: NavigationGate
  private let manager: GObjectRef
  var loading: PageLoad?
  private(set) var isDestroyed = false
  /// Where the page is that is there.
  var address = CommittedAddress()
  /// What its pages cause to be logged.
  package let log: PageLog
  /// The address of a load that ended before it began: until the next one WebKit says that it is there.
  var refusedAddress: String?
  /// Whether the "finished" that comes next is the end of a load that failed.
  var failedLoad = false
  /// The token of the navigation that leaves a page of another origin for one of the app's; nil when there is
  /// none.
  var navigationToken: String?
  /// Starts such a navigation again, with a token.
  var pendingNavigation: SourceToken?
  /// How many loads we have interrupted whose end WebKit has not told yet.
  var interruptions = 0
  /// Ends the wait for what a page that has closed itself has said.
  var closeTimer: SourceToken?

  /// Whether documents of the app in frames within the page are as its main frame's.
  let trustsSubframes: Bool

  /// - Parameter name: Names it in the log.
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
    // A page that came back from the page cache would find its lane gone; going back loads it again instead.
    webkit_settings_set_enable_page_cache(settings, 0)
    webkit_settings_set_enable_developer_extras(settings, 1)
    // The web process writes what pages print to its standard error, which is ours, with every argument: the
    // extension hears of the first one only.
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

  /// Sends an envelope to the document that is there, or holds it for one that is sure to come.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    try documents.send(envelope, ports: ports)
  }

  /// Ends the page's process, which WebKit then tells of as of any other end. Not now: this may be inside of
  /// a call of it.
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

  /// The extension's own messages.
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

  /// Where the view is, or where the app's load leads that is to come.
  package var uri: String {
    let uri = viewAddress
    return uri == refusedAddress ? addressOfPage : uri
  }

  /// What WebKit says. Of an address longer than any may be, the beginning.
  var viewAddress: String { text(webkit_web_view_get_uri, limit: ParsedURL.limit) }

  /// Where the page is that is shown, whatever is being loaded: the address that WebKit committed.
  var addressOfPage: String { isDestroyed ? "" : address.value }

  private func text(
    _ read: (UnsafeMutablePointer<WebKitWebView>?) -> UnsafePointer<CChar>?, limit: Int
  ) -> String {
    isDestroyed ? "" : read(view.pointer()).map { String($0, limit: limit) } ?? ""
  }

  /// Asks the page, which may object by `beforeunload`; `pageHostDidClose` follows when it does not.
  package func tryClose() {
    guard !isDestroyed else { return }
    webkit_web_view_try_close(view.pointer())
  }

  /// A page that objects to being left stays, without a question: Electron's way. Other dialogs are WebKit's,
  /// but for those with so much in them that to lay it out would stop the app: they are answered as if they
  /// had been cancelled.
  private func scriptDialog(_ dialog: OpaquePointer) -> Bool {
    guard webkit_script_dialog_get_dialog_type(dialog) == WEBKIT_SCRIPT_DIALOG_BEFORE_UNLOAD_CONFIRM else {
      return refuseIfLong(dialog)
    }
    webkit_script_dialog_confirm_set_confirmed(dialog, 0)
    endBeforeStart()
    delegate?.pageHostDidRefuseToClose(self)
    return true
  }

  /// How many bytes a page's dialog may show.
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
      "a dialog of more than \(Self.dialogLimit) bytes is not shown "
        + "(\(addressOfPage.cut(to: PageLog.addressLimit)))"
    }
    return true
  }

  /// Ends the page for good, and its process.
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
    // Not now: this may be inside of one of the view's signals.
    MainLoop.soon { [self] in
      g_object_run_dispose(view.pointer())
      view = nil
    }
  }
}
