// The collector of what documents send, on the main loop.

internal import MartletGLib
package import MartletIPC

extension CycleCollector {
  /// One for the process: a value may go from any page to any other.
  package static let onMainLoop = CycleCollector(later: { _ = MainLoop.after(milliseconds: $0, $1) })
}
