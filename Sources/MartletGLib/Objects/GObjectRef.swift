// One strong reference to a GObject. It is released on the main actor, whichever thread drops the last Swift
// owner.

internal import CMartletWebKit

/// Owns one reference to a GObject.
package final class GObjectRef {
  package let raw: UnsafeMutableRawPointer

  /// Takes over a reference that the caller owns (transfer full); a floating reference is sunk.
  package init(adopting pointer: UnsafeMutableRawPointer) {
    raw = pointer
    if g_object_is_floating(pointer) != 0 { g_object_ref_sink(pointer) }
  }

  /// Adds a reference (transfer none).
  package init(retaining pointer: UnsafeMutableRawPointer) {
    raw = pointer
    g_object_ref_sink(pointer)
  }

  package convenience init<T>(adopting pointer: UnsafeMutablePointer<T>) {
    self.init(adopting: UnsafeMutableRawPointer(pointer))
  }

  package convenience init(adopting pointer: OpaquePointer) {
    self.init(adopting: UnsafeMutableRawPointer(pointer))
  }

  package convenience init<T>(retaining pointer: UnsafeMutablePointer<T>) {
    self.init(retaining: UnsafeMutableRawPointer(pointer))
  }

  package convenience init(retaining pointer: OpaquePointer) {
    self.init(retaining: UnsafeMutableRawPointer(pointer))
  }

  isolated deinit {
    g_object_unref(raw)
  }

  /// Calls `body` with the object, and keeps it alive for that time. Swift may release a reference in a local
  /// variable as soon as its pointer has been read.
  package func use<R>(_ body: (OpaquePointer) throws(GLibError) -> R) throws(GLibError) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(opaque)
  }

  /// Calls `body` with the object, and keeps it alive for that time.
  package func use<R>(_ body: (OpaquePointer) -> R) -> R {
    defer { withExtendedLifetime(self) {} }
    return body(opaque)
  }

  /// The object as the C struct that its functions expect.
  package func pointer<T>(as type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    raw.assumingMemoryBound(to: type)
  }

  /// The object as an opaque pointer, for classes whose C struct is hidden.
  package var opaque: OpaquePointer { OpaquePointer(raw) }
}
