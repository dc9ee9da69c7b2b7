// GObject signals as closures. One trampoline per C signature, beside its `connect`: a wrong arity is silent
// memory corruption, so each function says which C signature it is for. The closure lives until the object
// drops the handler; the Swift side keeps nothing.

internal import CMartletShim
package import CMartletWebKit

/// An object a signal was emitted with, or on. Valid during the emission only.
package typealias SignalPointer = UnsafeMutableRawPointer

extension GObjectRef {
  /// `void (*)(Object *, gpointer)`
  @discardableResult
  package func connect(_ signal: String, _ body: @escaping @MainActor () -> Void) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?) -> Void = { _, data in
      let box = UInt(bitPattern: data)
      MainActor.assumeIsolated { ClosureBox<Void, Void>.at(box).call(()) }
    }
    return connect(signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<Void, Void>(body))
  }

  /// `gboolean (*)(Object *, gpointer)`
  @discardableResult
  package func connect(_ signal: String, asking body: @escaping @MainActor () -> Bool) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?) -> gboolean = { _, data in
      let box = UInt(bitPattern: data)
      return MainActor.assumeIsolated { ClosureBox<Void, Bool>.at(box).call(()) ? 1 : 0 }
    }
    return connect(signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<Void, Bool>(body))
  }

  /// `void (*)(Object *, Pointer *, gpointer)`; also for `notify::…`, whose pointer is the GParamSpec.
  @discardableResult
  package func connect(_ signal: String, pointer body: @escaping @MainActor (SignalPointer) -> Void) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?, SignalPointer?) -> Void = {
      _, argument, data in
      let box = UInt(bitPattern: data)
      let address = UInt(bitPattern: argument)
      MainActor.assumeIsolated {
        ClosureBox<SignalPointer, Void>.at(box).call(SignalPointer(bitPattern: address)!)
      }
    }
    return connect(
      signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<SignalPointer, Void>(body))
  }

  /// `gboolean (*)(Object *, Pointer *, gpointer)`
  @discardableResult
  package func connect(
    _ signal: String, askingAbout body: @escaping @MainActor (SignalPointer) -> Bool
  ) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?, SignalPointer?) -> gboolean = {
      _, argument, data in
      let box = UInt(bitPattern: data)
      let address = UInt(bitPattern: argument)
      return MainActor.assumeIsolated {
        ClosureBox<SignalPointer, Bool>.at(box).call(SignalPointer(bitPattern: address)!) ? 1 : 0
      }
    }
    return connect(
      signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<SignalPointer, Bool>(body))
  }

  /// `int (*)(Object *, Pointer *, gpointer)`
  @discardableResult
  package func connect(
    _ signal: String, status body: @escaping @MainActor (SignalPointer) -> Int32
  ) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?, SignalPointer?) -> Int32 = {
      _, argument, data in
      let box = UInt(bitPattern: data)
      let address = UInt(bitPattern: argument)
      return MainActor.assumeIsolated {
        ClosureBox<SignalPointer, Int32>.at(box).call(SignalPointer(bitPattern: address)!)
      }
    }
    return connect(
      signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<SignalPointer, Int32>(body))
  }

  /// `void (*)(Object *, int or enum, gpointer)`
  @discardableResult
  package func connect(_ signal: String, number body: @escaping @MainActor (Int32) -> Void) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, Int32, SignalPointer?) -> Void = { _, number, data in
      let box = UInt(bitPattern: data)
      MainActor.assumeIsolated { ClosureBox<Int32, Void>.at(box).call(number) }
    }
    return connect(signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<Int32, Void>(body))
  }

  /// `gboolean (*)(Object *, Pointer *, enum, gpointer)`, such as `decide-policy`.
  @discardableResult
  package func connect(
    _ signal: String, askingWithKind body: @escaping @MainActor (SignalPointer, Int32) -> Bool
  ) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?, Int32, SignalPointer?) -> gboolean = {
      _, argument, kind, data in
      let box = UInt(bitPattern: data)
      let address = UInt(bitPattern: argument)
      return MainActor.assumeIsolated {
        ClosureBox<(SignalPointer, Int32), Bool>.at(box).call((SignalPointer(bitPattern: address)!, kind))
          ? 1 : 0
      }
    }
    return connect(
      signal, unsafeBitCast(trampoline, to: GCallback.self),
      ClosureBox<(SignalPointer, Int32), Bool> { body($0.0, $0.1) })
  }

  /// `gboolean (*)(Object *, enum, char *, GError *, gpointer)`, such as `load-failed`.
  @discardableResult
  package func connect(
    _ signal: String, failure body: @escaping @MainActor (Int32, String, GLibError) -> Bool
  ) -> UInt {
    let trampoline:
      @convention(c) (
        SignalPointer?, Int32, UnsafePointer<CChar>?, UnsafeMutablePointer<GError>?, SignalPointer?
      ) -> gboolean = { _, number, text, error, data in
        let box = UInt(bitPattern: data)
        let string = text.map { String($0, limit: longestAddress) } ?? ""
        let failure = GLibError(copying: error)
        return MainActor.assumeIsolated {
          ClosureBox<(Int32, String, GLibError), Bool>.at(box).call((number, string, failure)) ? 1 : 0
        }
      }
    return connect(
      signal, unsafeBitCast(trampoline, to: GCallback.self),
      ClosureBox<(Int32, String, GLibError), Bool> { body($0.0, $0.1, $0.2) })
  }

  /// `gboolean (*)(Object *, char *, GTlsCertificate *, GTlsCertificateFlags, gpointer)`, such as
  /// `load-failed-with-tls-errors`.
  @discardableResult
  package func connect(
    _ signal: String, certificate body: @escaping @MainActor (String, GTlsCertificateFlags) -> Bool
  ) -> UInt {
    let trampoline:
      @convention(c) (
        SignalPointer?, UnsafePointer<CChar>?, SignalPointer?, GTlsCertificateFlags, SignalPointer?
      ) -> gboolean = { _, text, _, errors, data in
        let box = UInt(bitPattern: data)
        let string = text.map { String($0, limit: longestAddress) } ?? ""
        let flags = errors.rawValue
        return MainActor.assumeIsolated {
          ClosureBox<(String, GTlsCertificateFlags), Bool>.at(box).call((string, GTlsCertificateFlags(flags)))
            ? 1 : 0
        }
      }
    return connect(
      signal, unsafeBitCast(trampoline, to: GCallback.self),
      ClosureBox<(String, GTlsCertificateFlags), Bool> { body($0.0, $0.1) })
  }

  fileprivate func connect(_ signal: String, _ callback: @escaping GCallback, _ box: AnyClosureBox) -> UInt {
    let id = martlet_signal_connect(
      raw, signal, callback, Unmanaged.passRetained(box).toOpaque(), { data, _ in releaseBox(data) })
    precondition(id != 0, "no signal '\(signal)' on this object")
    return id
  }

  package func disconnect(_ handler: UInt) {
    g_signal_handler_disconnect(raw, handler)
  }
}

extension GObjectRef {
  /// `void (*)(Object *, Pointer *, gpointer)` whose pointer may be NULL and is of no interest, such as a
  /// GSimpleAction's `activate`.
  @discardableResult
  package func connect(_ signal: String, optionalPointer body: @escaping @MainActor () -> Void) -> UInt {
    let trampoline: @convention(c) (SignalPointer?, SignalPointer?, SignalPointer?) -> Void = { _, _, data in
      let box = UInt(bitPattern: data)
      MainActor.assumeIsolated { ClosureBox<Void, Void>.at(box).call(()) }
    }
    return connect(signal, unsafeBitCast(trampoline, to: GCallback.self), ClosureBox<Void, Void>(body))
  }
}

/// How much of an address that comes with a signal is taken, in bytes: a page makes it as long as it likes.
private nonisolated let longestAddress = 2 << 20
