// A page that closes itself: what it has said goes first.

internal import CWebKit
internal import GLibKit

extension PageHost {
  /// How long it may be silent meanwhile, and how many such times it may speak; the app goes on.
  private static let farewellMilliseconds: UInt32 = 2000
  private static let farewellLimit = 5

  /// The page closed itself. What it sent before, from whichever of its frames, may be more than the sockets hold: the
  /// extension answers when all of it is in them, and WebKit does when there is nobody to answer.
  func closed() {
    guard farewell == nil, !isDestroyed else { return }
    waitForFarewell()
    let asked = Unmanaged.passRetained(Asked(self))
    webkit_web_view_send_message_to_page(
      view.pointer(), webkit_user_message_new("settle", nil), nil, Self.settled, asked.toOpaque())
  }

  private func waitForFarewell(_ times: Int = 1) {
    let heard = documents.heardCount
    farewell = MainLoop.after(milliseconds: Self.farewellMilliseconds) { [weak self] in
      guard let self else { return }
      if documents.heardCount != heard, times < Self.farewellLimit {
        waitForFarewell(times + 1)
      } else {
        finishClosing()
      }
    }
  }

  private static let settled: GAsyncReadyCallback = { view, result, data in
    if let answer = webkit_web_view_send_message_to_page_finish(
      UnsafeMutableRawPointer(view!).assumingMemoryBound(to: WebKitWebView.self), result, nil)
    {
      g_object_unref(UnsafeMutableRawPointer(answer))
    }
    let address = UInt(bitPattern: data)
    MainActor.assumeIsolated {
      let asked = Unmanaged<Asked>.fromOpaque(UnsafeRawPointer(bitPattern: address)!).takeRetainedValue()
      guard let host = asked.host, let farewell = host.farewell else { return }
      farewell.cancel()
      host.finishClosing()
    }
  }

  private func finishClosing() {
    farewell = nil
    documents.drain()
    delegate?.pageHostDidClose(self)
  }
}

/// Who has asked.
private final class Asked {
  private(set) weak var host: PageHost?

  init(_ host: PageHost) { self.host = host }
}
