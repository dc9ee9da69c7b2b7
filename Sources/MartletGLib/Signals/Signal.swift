// GObject signals as closures, checked when they are connected: `martlet_signal_connect` compares the
// closure's parameter types with the signal's declaration. One C function serves all signals; it passes the
// emission's GValues to the closure.
//
// Each folder `Signals` has one file per GObject class, with one method per signal. Other files do not use
// signal names.

internal import CMartletSignal
package import CMartletWebKit

/// The type of a signal's argument, and how its value is read.
package nonisolated struct SignalArgument<Value> {
  let type: GType
  let read: (UnsafePointer<GValue>) -> Value
}

extension SignalArgument<OpaquePointer> {
  /// An instance of a GObject class, valid only during the emission.
  package static func object(_ type: GType) -> Self {
    Self(type: type) { OpaquePointer(g_value_get_object($0)!) }
  }

  /// A boxed value, valid only during the emission.
  package static func boxed(_ type: GType) -> Self {
    Self(type: type) { OpaquePointer(g_value_get_boxed($0)!) }
  }
}

extension SignalArgument where Value: RawRepresentable, Value.RawValue == UInt32 {
  /// A C enumeration, which Swift imports as a struct that can hold any number.
  package static func enumeration(_ type: GType) -> Self {
    Self(type: type) { Value(rawValue: UInt32(bitPattern: g_value_get_enum($0)))! }
  }

  /// A C set of flags.
  package static func flags(_ type: GType) -> Self {
    Self(type: type) { Value(rawValue: g_value_get_flags($0))! }
  }
}

extension SignalArgument<Int32> {
  package static var int: Self { Self(type: martlet_type_int, read: g_value_get_int) }
}

extension SignalArgument<String> {
  /// A text: only its first `limit` bytes, because a page may choose its length.
  package static func text(limit: Int) -> Self {
    Self(type: martlet_type_string) { g_value_get_string($0).map { String($0, limit: limit) } ?? "" }
  }
}

extension SignalArgument<GLibError> {
  package static var error: Self {
    Self(type: g_error_get_type()) {
      GLibError(copying: g_value_get_boxed($0).map { UnsafePointer($0.assumingMemoryBound(to: GError.self)) })
    }
  }
}

extension SignalArgument<Void> {
  /// An argument that the closure does not read; it may be NULL.
  package static func unread(_ type: GType) -> Self { Self(type: type) { _ in } }

  /// The property named by `notify::`.
  package static var property: Self { unread(martlet_type_param) }
}

/// A connected closure.
package struct SignalToken {
  fileprivate weak var handler: SignalHandler?

  /// Disconnects the closure. Does nothing when it is already disconnected, or the object has ended.
  package func disconnect() {
    handler?.disconnect()
  }
}

/// The types of a closure do not match the signal.
package nonisolated struct SignalMismatch: Error, Equatable, CustomStringConvertible {
  package let description: String
}

extension GObjectRef {
  /// Connects a closure without a result.
  ///
  /// - Throws: `SignalMismatch` when the object lacks the signal, or its types differ.
  @discardableResult
  package func connectSignal<each Argument>(
    checking name: String, _ arguments: repeat SignalArgument<each Argument>,
    to body: @escaping @MainActor (repeat each Argument) -> Void
  ) throws(SignalMismatch) -> SignalToken {
    var types: [GType] = []
    repeat types.append((each arguments).type)
    return try connect(name, types, martlet_type_none) { values, _ in
      var next = values
      body(repeat (each arguments).read(from: &next))
    }
  }

  /// Connects a closure that returns a Boolean.
  ///
  /// - Throws: `SignalMismatch` when the object lacks the signal, or its types differ.
  @discardableResult
  package func connectSignal<each Argument>(
    checking name: String, _ arguments: repeat SignalArgument<each Argument>,
    to body: @escaping @MainActor (repeat each Argument) -> Bool
  ) throws(SignalMismatch) -> SignalToken {
    var types: [GType] = []
    repeat types.append((each arguments).type)
    return try connect(name, types, martlet_type_boolean) { values, result in
      var next = values
      g_value_set_boolean(result, body(repeat (each arguments).read(from: &next)) ? 1 : 0)
    }
  }

  /// As `connectSignal(checking:)`, for the wrappers, whose names and types are literals: a mismatch ends the
  /// process.
  @discardableResult
  package func connectSignal<each Argument>(
    _ name: String, _ arguments: repeat SignalArgument<each Argument>,
    to body: @escaping @MainActor (repeat each Argument) -> Void
  ) -> SignalToken {
    trapping { () throws(SignalMismatch) in
      try connectSignal(checking: name, repeat each arguments, to: body)
    }
  }

  @discardableResult
  package func connectSignal<each Argument>(
    _ name: String, _ arguments: repeat SignalArgument<each Argument>,
    to body: @escaping @MainActor (repeat each Argument) -> Bool
  ) -> SignalToken {
    trapping { () throws(SignalMismatch) in
      try connectSignal(checking: name, repeat each arguments, to: body)
    }
  }

  private func trapping(_ connect: () throws(SignalMismatch) -> SignalToken) -> SignalToken {
    do {
      return try connect()
    } catch {
      fatalError(error.description)
    }
  }

  private func connect(
    _ name: String, _ types: [GType], _ result: GType, _ call: @escaping SignalHandler.Call
  ) throws(SignalMismatch) -> SignalToken {
    let handler = SignalHandler(of: raw, call)
    var reason: UnsafeMutablePointer<CChar>?
    handler.id = martlet_signal_connect(
      raw, name, types, types.count, result, SignalHandler.emitted,
      Unmanaged.passRetained(handler).toOpaque(), releaseBox, &reason)
    if let reason = String(taking: reason) { throw SignalMismatch(description: reason) }
    return SignalToken(handler: handler)
  }
}

extension SignalArgument {
  /// Reads the value at `next`, and advances `next` to the following one.
  fileprivate nonisolated func read(from next: inout UnsafePointer<GValue>) -> Value {
    defer { next += 1 }
    return read(next)
  }
}

/// A closure that GObject holds until it is disconnected or the object ends.
private final class SignalHandler: AnyClosureBox {
  typealias Call = @MainActor (UnsafePointer<GValue>, UnsafeMutablePointer<GValue>?) -> Void

  private let object: UnsafeMutableRawPointer
  private let call: Call
  var id: UInt = 0

  init(of object: UnsafeMutableRawPointer, _ call: @escaping Call) {
    self.object = object
    self.call = call
    super.init()
  }

  func disconnect() {
    // The object lives at least as long as this handler. An emission in progress keeps the handler alive
    // after it is disconnected.
    if g_signal_handler_is_connected(object, id) != 0 { g_signal_handler_disconnect(object, id) }
  }

  /// The C function that all connections share.
  static let emitted:
    @convention(c) (UnsafeRawPointer, UnsafeMutableRawPointer?, UnsafeMutableRawPointer) -> Void = {
      arguments, result, handler in
      let addresses = (UInt(bitPattern: arguments), UInt(bitPattern: result), UInt(bitPattern: handler))
      MainActor.assumeIsolated {
        Unmanaged<SignalHandler>.fromOpaque(UnsafeRawPointer(bitPattern: addresses.2)!).takeUnretainedValue()
          .call(UnsafePointer(bitPattern: addresses.0)!, UnsafeMutablePointer(bitPattern: addresses.1))
      }
    }
}
