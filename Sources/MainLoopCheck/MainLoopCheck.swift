// Proves that GLib's loop is Swift's main executor: 10,000 hops between a worker and the main actor, a
// sleeping task, and a loop that is silent while nothing happens. Prints what it saw as key=value lines; no
// GTK, no display.

internal import CMartletWebKit
import MartletGLib
internal import Glibc

@main enum MainLoopCheck {
  static let hops = 10_000

  static func main() {
    MainLoop.install()
    let loop = g_main_loop_new(nil, 0)!
    Task {
      let started = g_get_monotonic_time()
      var total = 0
      for _ in 0..<hops {
        // Off the main actor and back.
        total += await Task.detached { 1 }.value
      }
      print("hops=\(total)")
      print("microseconds-per-hop=\(Double(g_get_monotonic_time() - started) / Double(hops))")
      try? await Task.sleep(for: .milliseconds(50))
      print("slept=true")
      let before = processorTime()
      try? await Task.sleep(for: .seconds(1))
      print("idle-processor-milliseconds=\((processorTime() - before) / 1000)")
      g_main_loop_quit(loop)
    }
    g_main_loop_run(loop)
    print("ended=true")
  }

  /// Microseconds of processor time that this process has used.
  static func processorTime() -> Int {
    Int(clock()) * 1_000_000 / Int(CLOCKS_PER_SEC)
  }
}
