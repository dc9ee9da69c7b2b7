// What WebKit needed to start and to paint its first picture leaves holes of 1.2 MB in the C library's memory. They are
// given back to the system once, by a thread, for it takes as long as a frame or two.

import CMartletWebProcess

enum FreedMemory {
  /// When it is done, in milliseconds after the first document was loaded: its picture is there by then.
  private static let delay: guint = 500

  nonisolated(unsafe) private static var isReturned = false

  /// Returns it when `page` has loaded a document, if that is the first of this process.
  static func start(for page: OpaquePointer) {
    Signals.onDocumentLoaded(page, loaded)
  }

  private static func loaded() {
    guard !isReturned else { return }
    isReturned = true
    g_timeout_add_full(
      G_PRIORITY_LOW, delay,
      { _ in
        let thread = g_thread_try_new(nil, { _ in FreedMemory.giveBack() }, nil, nil)
        if let thread { g_thread_unref(thread) }
        return 0
      }, nil, nil)
  }

  private static func giveBack() -> gpointer? {
    malloc_trim(0)
    return nil
  }
}
