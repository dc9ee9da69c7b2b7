// The collector of cyclic values, driven by the main loop.

internal import MartletGLib
package import MartletIPC

extension CycleCollector {
  /// Shared by the process, because a value may go from any page to any other.
  package static let onMainLoop = CycleCollector(later: { _ = MainLoop.after(milliseconds: $0, $1) })
}
