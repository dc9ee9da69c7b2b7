// Returns freed heap memory of the web process to the system, once, after the first page. WebKit's start and
// first picture leave holes in the C library's heap. With a page loaded the process holds 1.1 MB less
// resident memory (medians of five runs: 232.3 and 233.4 MB; anonymous 68.8 and 70.1 MB; WebKitGTK 2.50.6). A
// thread does it, because it takes as long as a frame or two.

import CMartletWebProcess

enum FreedMemory {
  /// Delay after the first document was loaded, in milliseconds: its first picture is done by then.
  private static let delay: guint = 500

  nonisolated(unsafe) private static var isReturned = false

  /// Schedules the release when `page` has loaded a document, if that is the process's first.
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
