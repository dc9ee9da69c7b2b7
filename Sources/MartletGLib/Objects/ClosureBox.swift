// A Swift closure as a C callback's user data. Retained when handed to C, released only in the destroy
// notify. Boxes are counted, so that a test can check that all were released.

/// A closure owned by C.
final class ClosureBox<Arguments, Result>: AnyClosureBox {
  let call: @MainActor (Arguments) -> Result

  init(_ call: @escaping @MainActor (Arguments) -> Result) {
    self.call = call
    super.init()
  }

  static func at(_ address: UInt) -> ClosureBox {
    Unmanaged<ClosureBox>.fromOpaque(UnsafeRawPointer(bitPattern: address)!).takeUnretainedValue()
  }
}

/// The base class of all boxes, so that one destroy notify serves them all.
package class AnyClosureBox {
  /// The number of closures that C holds.
  package private(set) static var live = 0

  init() {
    AnyClosureBox.live += 1
  }

  isolated deinit {
    AnyClosureBox.live -= 1
  }
}

nonisolated func releaseBox(_ data: UnsafeMutableRawPointer?) {
  guard let data else { return }
  let address = UInt(bitPattern: data)
  MainActor.assumeIsolated {
    Unmanaged<AnyClosureBox>.fromOpaque(UnsafeRawPointer(bitPattern: address)!).release()
  }
}
