// The accessibility tree of an app: menus and dialogs drawn by GTK, over AT-SPI on D-Bus.
//
// Uses GDBus instead of libatspi, because that library keeps one global connection, found through this
// process's environment, while each desktop here has a bus of its own.

internal import CMartletGio

/// Connection to the accessibility bus of a desktop.
final class AccessibilityBus {
  private let connection: OpaquePointer

  init(of desktop: Desktop) throws {
    let session = try Self.connect(desktop.bus)
    defer { g_object_unref(UnsafeMutableRawPointer(session)) }
    let answer = try Self.call(session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", nil)
    defer { g_variant_unref(answer) }
    connection = try Self.connect(answer.child(0) { $0.string })
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(connection))
  }

  private static func connect(_ address: String) throws -> OpaquePointer {
    var error: UnsafeMutablePointer<GError>?
    let flags =
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT.rawValue
      | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION.rawValue
    guard
      let connection = g_dbus_connection_new_for_address_sync(
        address, GDBusConnectionFlags(rawValue: flags), nil, nil, &error)
    else { throw Self.failure("connecting to \(address)", error) }
    return connection
  }

  private static func failure(_ what: String, _ error: UnsafeMutablePointer<GError>?) -> TestingError {
    defer { g_error_free(error) }
    return TestingError("\(what): \(String(cString: error!.pointee.message))")
  }

  private static func call(
    _ connection: OpaquePointer, _ name: String, _ path: String, _ interface: String, _ method: String,
    _ arguments: OpaquePointer?
  ) throws -> OpaquePointer {
    var error: UnsafeMutablePointer<GError>?
    guard
      let answer = g_dbus_connection_call_sync(
        connection, name, path, interface, method, arguments, nil, G_DBUS_CALL_FLAGS_NONE, 10_000, nil, &error
      )
    else { throw failure("\(interface).\(method)", error) }
    return answer
  }

  func call(_ reference: Reference, _ interface: String, _ method: String, _ arguments: OpaquePointer? = nil)
    throws
    -> OpaquePointer
  {
    try Self.call(
      connection, reference.name, reference.path, "org.a11y.atspi." + interface, method, arguments)
  }

  /// Reads a property of type string.
  func property(_ reference: Reference, _ name: String) throws -> String {
    var arguments = [g_variant_new_string("org.a11y.atspi.Accessible"), g_variant_new_string(name)]
    let answer = try Self.call(
      connection, reference.name, reference.path, "org.freedesktop.DBus.Properties", "Get",
      g_variant_new_tuple(&arguments, 2))
    defer { g_variant_unref(answer) }
    return answer.child(0) { variant in
      let value = g_variant_get_variant(variant)!
      defer { g_variant_unref(value) }
      return value.string
    }
  }

  /// Process id of the owner of a bus name.
  func processID(of name: String) throws -> Int32 {
    var arguments = [g_variant_new_string(name)]
    let answer = try Self.call(
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "GetConnectionUnixProcessID", g_variant_new_tuple(&arguments, 1))
    defer { g_variant_unref(answer) }
    return answer.child(0) { Int32(bitPattern: g_variant_get_uint32($0)) }
  }

  /// Reference to an accessible object: its owner on the bus and its object path.
  struct Reference {
    let name: String
    let path: String

    static let root = Reference(name: "org.a11y.atspi.Registry", path: "/org/a11y/atspi/accessible/root")
  }
}

extension OpaquePointer {
  /// The value of a GVariant of type string.
  var string: String { String(cString: g_variant_get_string(self, nil)) }

  func child<T>(_ index: Int, _ read: (OpaquePointer) throws -> T) rethrows -> T {
    let value = g_variant_get_child_value(self, gsize(index))!
    defer { g_variant_unref(value) }
    return try read(value)
  }
}
