// A page that closes itself: the envelopes that it has sent are delivered first.

internal import CMartletWebKit
internal import MartletGLib

extension PageHost {
  /// Maximum silence of the page meanwhile, in milliseconds, and the maximum number of such periods; the app
  /// continues.
  private static let silenceMilliseconds: UInt32 = 2000
  private static let silenceLimit = 5

  /// The page closed itself. Its frames may have sent more than the sockets hold. The extension answers when
  /// all of it is in the sockets; without the extension, WebKit answers.
  func closed() {
    guard closeTimer == nil, !isDestroyed else { return }
    waitForPage()
    let weakHost = Unmanaged.passRetained(WeakHost(self))
    webkit_web_view_send_message_to_page(
      view.pointer(), webkit_user_message_new("flush", nil), nil, Self.flushed, weakHost.toOpaque())
  }

  private func waitForPage(_ times: Int = 1) {
    let heard = documents.heardCount
    closeTimer = MainLoop.after(milliseconds: Self.silenceMilliseconds) { [weak self] in
      guard let self else { return }
      if documents.heardCount != heard, times < Self.silenceLimit {
        waitForPage(times + 1)
      } else {
        finishClosing()
      }
    }
  }

  private static let flushed: GAsyncReadyCallback = { view, result, data in
    if let answer = webkit_web_view_send_message_to_page_finish(
      UnsafeMutableRawPointer(view!).assumingMemoryBound(to: WebKitWebView.self), result, nil)
    {
      g_object_unref(UnsafeMutableRawPointer(answer))
    }
    let address = UInt(bitPattern: data)
    MainActor.assumeIsolated {
      let weakHost = Unmanaged<WeakHost>.fromOpaque(UnsafeRawPointer(bitPattern: address)!)
        .takeRetainedValue()
      guard let host = weakHost.host, let closeTimer = host.closeTimer else { return }
      closeTimer.cancel()
      host.finishClosing()
    }
  }

  private func finishClosing() {
    closeTimer = nil
    documents.drain()
    delegate?.pageHostDidClose(self)
  }
}

/// A weak reference to a host.
private final class WeakHost {
  private(set) weak var host: PageHost?

  init(_ host: PageHost) { self.host = host }
}
