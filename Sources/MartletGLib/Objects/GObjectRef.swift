// One strong reference to a GObject. The last Swift owner gives it up on the main actor, whatever thread
// drops it.

internal import CMartletWebKit

/// Owns one reference to a GObject.
package final class GObjectRef {
  package let raw: UnsafeMutableRawPointer

  /// Takes over a reference that the caller owns (transfer full); a floating one is sunk.
  package init(adopting pointer: UnsafeMutableRawPointer) {
    raw = pointer
    if g_object_is_floating(pointer) != 0 { g_object_ref_sink(pointer) }
  }

  /// Adds a reference of its own (transfer none).
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

  /// Calls `body` with the object, which is sure to live that long: a reference in a local variable may be
  /// given up as soon as its pointer has been taken.
  package func use<R>(_ body: (OpaquePointer) throws(GLibError) -> R) throws(GLibError) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(opaque)
  }

  /// Calls `body` with the object, which is sure to live that long.
  package func use<R>(_ body: (OpaquePointer) -> R) -> R {
    defer { withExtendedLifetime(self) {} }
    return body(opaque)
  }

  /// The object as the C struct that its functions take.
  package func pointer<T>(as type: T.Type = T.self) -> UnsafeMutablePointer<T> {
    raw.assumingMemoryBound(to: type)
  }

  /// The object where C hides the struct.
  package var opaque: OpaquePointer { OpaquePointer(raw) }
}
