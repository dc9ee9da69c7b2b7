// Runs the app on a loop that Martlet does not own, as a program does that embeds Martlet.

import CMartletWebKit
import Glibc
import Martlet

enum OwnLoop {
  /// Runs the app until it has quit, and ends the process with its exit status.
  static func run(id: String, resources: String, whenReady: @escaping @MainActor (App) -> Void) -> Never {
    refusal { _ = try BrowserWindow(whenReady: .init()) }
    var status: Int32?
    do {
      try App.attach(id: id, resources: resources, ended: { status = $0 }, whenReady: whenReady)
        .activateAttached()
    } catch {
      print("cannot attach: \(error)")
      exit(2)
    }
    refusal { try App.attach(id: id, resources: resources, ended: { _ in }, whenReady: { _ in }) }
    while status == nil { g_main_context_iteration(nil, 1) }
    print("its own loop ended")
    exit(status ?? 2)
  }

  private static func refusal(_ misuse: () throws -> Void) {
    do { try misuse() } catch { print("refused: \(error)") }
  }
}
