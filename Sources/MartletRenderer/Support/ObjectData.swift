// Named data of GObjects.

import CMartletWebProcess

/// The pointer that `owner` keeps under a name; nil when there is none.
func objectData(_ name: StaticString, of owner: OpaquePointer) -> gpointer? {
  g_object_get_data(object(owner), name.cString)
}

/// Sets the pointer that `owner` keeps under a name, replacing any previous one. `release` is called with it
/// when `owner` ends, or the pointer is replaced.
func setObjectData(
  _ name: StaticString, of owner: OpaquePointer, _ data: gpointer, _ release: GDestroyNotify?
) {
  g_object_set_data_full(object(owner), name.cString, data, release)
}

private func object(_ owner: OpaquePointer) -> UnsafeMutablePointer<GObject> {
  UnsafeMutableRawPointer(owner).assumingMemoryBound(to: GObject.self)
}

/// A name under which GObjects keep an object of class `Value`.
struct ObjectData<Value: AnyObject> {
  private let name: StaticString

  init(_ name: StaticString) { self.name = name }

  /// The object that `owner` keeps; nil when there is none.
  func get(of owner: OpaquePointer) -> Value? {
    objectData(name, of: owner).map { Unmanaged<Value>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Stores `value` with `owner`. `release` is called with it, and must release it.
  func set(_ value: Value, of owner: OpaquePointer, release: @escaping GDestroyNotify) {
    setObjectData(name, of: owner, Unmanaged.passRetained(value).toOpaque(), release)
  }

  /// Removes the object from `owner` without calling `release`.
  func steal(from owner: OpaquePointer) -> Value? {
    g_object_steal_data(object(owner), name.cString).map {
      Unmanaged<Value>.fromOpaque($0).takeRetainedValue()
    }
  }
}
