// GLib's loop as Swift's main executor. `@MainActor` jobs are libdispatch main-queue jobs; the source
// attached here drains that queue from GLib's default context, so `async` code resumes while GTK runs.
//
// Main thread only. Never run a nested loop inside a main-actor job: the drain is not re-entrant, so no Swift
// job runs until the inner loop ends.

internal import CMartletShim
package import CMartletWebKit
// Links libdispatch, whose main queue CMartletShim drains.
internal import Dispatch

package enum MainLoop {
  /// Makes GLib's default context run main-actor jobs.
  ///
  /// Call it first in a synchronous `main`, on the process's main thread. Calling it again does nothing.
  package static func install() {
    martlet_main_queue_attach()
  }

  /// Runs `body` when the loop is idle. A flood of events can delay that for ever.
  package static func onIdle(_ body: @escaping @MainActor () -> Void) {
    add(G_PRIORITY_DEFAULT_IDLE, body)
  }

  /// Runs `body` from the loop, outside the current call, even when the loop is busy.
  @discardableResult
  package static func soon(
    _ priority: Priority = .default, _ body: @escaping @MainActor () -> Void
  ) -> SourceToken {
    add(priority.rawValue, body)
  }

  @discardableResult
  private static func add(_ priority: Int32, _ body: @escaping @MainActor () -> Void) -> SourceToken {
    let box = Unmanaged.passRetained(ClosureBox<Void, Void>(body))
    return SourceToken(
      id: g_idle_add_full(
        priority,
        { data in
          let address = UInt(bitPattern: data)
          MainActor.assumeIsolated { ClosureBox<Void, Void>.at(address).call(()) }
          return G_SOURCE_REMOVE
        }, box.toOpaque(), { releaseBox($0) }))
  }

  /// Runs `body` once after `milliseconds`; the token cancels it.
  package static func after(milliseconds: UInt32, _ body: @escaping @MainActor () -> Void) -> SourceToken {
    every(milliseconds: milliseconds) {
      body()
      return false
    }
  }

  /// Runs `body` every `milliseconds`, until it returns false.
  package static func every(
    milliseconds: UInt32, _ body: @escaping @MainActor () -> Bool
  ) -> SourceToken {
    let box = Unmanaged.passRetained(ClosureBox<Void, Bool>(body))
    return SourceToken(
      id: g_timeout_add_full(
        G_PRIORITY_DEFAULT, milliseconds,
        { data in
          let address = UInt(bitPattern: data)
          return MainActor.assumeIsolated { ClosureBox<Void, Bool>.at(address).call(()) ? 1 : 0 }
        }, box.toOpaque(), { releaseBox($0) }))
  }

  /// Counts the loop's turns. A turn is everything that is dispatched together, before input, drawing or
  /// other sources can come between.
  package static var turn: UInt32 { martlet_turn() }

  private static var atTurnEnd: [@MainActor () -> Void] = []

  /// Runs `body` once, after the loop's current dispatch.
  package static func whenTurnEnds(_ body: @escaping @MainActor () -> Void) {
    atTurnEnd.append(body)
    martlet_turn_end_wanted {
      MainActor.assumeIsolated {
        let all = MainLoop.atTurnEnd
        MainLoop.atTurnEnd = []
        for body in all { body() }
      }
    }
  }

  /// The priority of a source.
  package enum Priority: Int32 {
    case `default` = 0
    /// After input and drawing (GDK_PRIORITY_REDRAW is 120), for work that never ends by itself.
    case belowDrawing = 130
  }

  /// Calls `body` whenever `descriptor` is ready for `condition`, until it returns false.
  @discardableResult
  package static func watch(
    descriptor: Int32, for condition: GIOCondition, priority: Priority = .default,
    _ body: @escaping @MainActor (GIOCondition) -> Bool
  ) -> SourceToken {
    let box = Unmanaged.passRetained(ClosureBox<GIOCondition, Bool>(body))
    return SourceToken(
      id: g_unix_fd_add_full(
        priority.rawValue, descriptor, condition,
        { _, condition, data in
          let address = UInt(bitPattern: data)
          return MainActor.assumeIsolated {
            ClosureBox<GIOCondition, Bool>.at(address).call(condition) ? 1 : 0
          }
        }, box.toOpaque(), { releaseBox($0) }))
  }
}

extension GObjectRef {
  /// Calls `body` before every frame that this widget's window draws, until it returns false. The window
  /// draws continuously until then.
  package func onEveryFrame(_ body: @escaping @MainActor () -> Bool) {
    let box = Unmanaged.passRetained(ClosureBox<Void, Bool>(body))
    gtk_widget_add_tick_callback(
      pointer(),
      { _, _, data in
        let address = UInt(bitPattern: data)
        return MainActor.assumeIsolated { ClosureBox<Void, Bool>.at(address).call(()) ? 1 : 0 }
      }, box.toOpaque(), { releaseBox($0) })
  }
}

/// Identifies a source of the loop, to remove it.
package struct SourceToken {
  let id: UInt32

  /// Removes the source. It must not have ended by itself.
  package func cancel() {
    g_source_remove(id)
  }
}
