// The lane functions for the bridge's isolated half; their values are numbers and bytes.

import CMartletWebProcess
import CMartletWire

enum LaneFunctions {
  /// Adds to `object`:
  ///
  /// - `listen(inbox, outbox, short, receive, allocate)`: `receive()` is called for each packet in `inbox`, a
  ///   Uint8Array with room for one packet and its length after it. `receive(bytes)` is called for a longer
  ///   envelope, in a Uint8Array from `allocate(length, -1)`. An envelope with out-of-line buffers is always
  ///   delivered that way, with `allocate(length, place)` for each buffer. Headers are wire.h's
  ///   `martlet_delivered_header`. `outbox` is the lane's: see outbox.h. `short` is for `sendShort`.
  /// - `releaseHeld()`: sends the envelopes in the outbox. Returns `Lane.Status`.
  /// - `watchHeld()`: lets the outbox thread send them in time.
  /// - `send(lane, envelope, ports)`: `envelope` is a Uint8Array, or an array of them in which every second
  ///   one is the contents of a long buffer. `ports` is an array of lanes, or false. Returns `Lane.Status`.
  /// - `sendShort(lane, length)`: as `send`, for the first bytes of the `short` given to `listen`.
  /// - `callSync(lane, envelope)`: the length of the reply in the inbox, or its bytes; below 0 a
  ///   `Lane.Status`.
  /// - `pair()`: the first of two connected lanes; the other has the next number.
  /// - `start(lane)`: returns a `Lane.Status`; a closed lane receives nothing. `close(lane)`.
  /// - `leave(isGone)`: the document is unloading; its lanes are closed when none of its scripts run any
  ///   more. If `isGone()` is true then, the frame was removed with it, and the main process is told.
  static func add(to object: Functions, holding lanes: DocumentLanes) {
    object.add(
      "listen", [value, value, value, value, value], nothing, unsafeBitCast(listen, to: GCallback.self),
      lanes)
    object.add("releaseHeld", [], int, unsafeBitCast(releaseHeld, to: GCallback.self), lanes)
    object.add("watchHeld", [], nothing, unsafeBitCast(watchHeld, to: GCallback.self), lanes)
    object.add("send", [int, value, value], int, unsafeBitCast(send, to: GCallback.self), lanes)
    object.add("sendShort", [int, int], int, unsafeBitCast(sendShort, to: GCallback.self), lanes)
    object.add("callSync", [int, value], value, unsafeBitCast(callSync, to: GCallback.self), lanes)
    object.add("pair", [], int, unsafeBitCast(pair, to: GCallback.self), lanes)
    object.add("start", [int], int, unsafeBitCast(start, to: GCallback.self), lanes)
    object.add("close", [int], nothing, unsafeBitCast(close, to: GCallback.self), lanes)
    object.add("leave", [value], nothing, unsafeBitCast(leave, to: GCallback.self), lanes)
  }

  private static var nothing: UInt { Functions.nothing }
  private static var int: UInt { Functions.int }
  private static var value: UInt { Functions.value }

  private static func lanes(_ data: gpointer?) -> DocumentLanes {
    Unmanaged<DocumentLanes>.fromOpaque(data!).takeUnretainedValue()
  }

  private static let listen:
    @convention(c) (
      OpaquePointer?, OpaquePointer?, OpaquePointer?, OpaquePointer?, OpaquePointer?, gpointer?
    ) -> Void = { inbox, outbox, short, receive, allocate, data in
      guard let inbox, let outbox, let short, let receive, let allocate else { return }
      lanes(data).listen(
        DocumentMemory(inbox: inbox, outbox: outbox, short: short), receive, allocate)
    }

  private static let releaseHeld: @convention(c) (gpointer?) -> Int32 = { data in
    (lanes(data)[DocumentLanes.main]?.releaseHeld() ?? .closed).rawValue
  }

  private static let watchHeld: @convention(c) (gpointer?) -> Void = { data in
    lanes(data)[DocumentLanes.main]?.watchHeld()
  }

  private static let send: @convention(c) (Int32, OpaquePointer?, OpaquePointer?, gpointer?) -> Int32 = {
    id, envelope, ports, data in
    let lanes = lanes(data)
    guard let lane = lanes[id], let envelope, let parts = parts(of: envelope) else {
      return Lane.Status.closed.rawValue
    }
    return lane.send(parts, ports: sockets(of: ports, in: lanes)).rawValue
  }

  private static let sendShort: @convention(c) (Int32, Int32, gpointer?) -> Int32 = { id, length, data in
    let lanes = lanes(data)
    guard let lane = lanes[id], let envelope = lanes.short(length) else {
      return Lane.Status.closed.rawValue
    }
    return lane.send(short: envelope).rawValue
  }

  private static let callSync: @convention(c) (Int32, OpaquePointer?, gpointer?) -> OpaquePointer? = {
    id, envelope, data in
    let lanes = lanes(data)
    guard let context = jsc_context_get_current() else { return nil }
    guard let lane = lanes[id], let envelope, let parts = parts(of: envelope) else {
      return jsc_value_new_number(context, Double(Lane.Status.closed.rawValue))
    }
    var descriptors: [Int32] = []
    let count = lane.callSync(parts, descriptors: &descriptors)
    return lanes.reply(count, descriptors, in: context)
  }

  private static let pair: @convention(c) (gpointer?) -> Int32 = { data in
    guard let sockets = OwnedDescriptor.pair() else { return -1 }
    let lanes = lanes(data)
    let first = lanes.add(sockets.0)
    _ = lanes.add(sockets.1)
    return first.id
  }

  private static let start: @convention(c) (Int32, gpointer?) -> Int32 = { id, data in
    guard let lane = lanes(data)[id] else { return Lane.Status.closed.rawValue }
    lane.start()
    return Lane.Status.sent.rawValue
  }

  private static let close: @convention(c) (Int32, gpointer?) -> Void = { id, data in
    lanes(data).close(id)
  }

  private static let leave: @convention(c) (OpaquePointer?, gpointer?) -> Void = { isGone, data in
    lanes(data).leave(isGone)
    // Retained: the functions may be collected before the loop is idle.
    g_idle_add_full(
      G_PRIORITY_DEFAULT, closeAllLanes, Unmanaged.passRetained(lanes(data)).toOpaque(), release)
  }

  private static let closeAllLanes: GSourceFunc = { data in
    Unmanaged<DocumentLanes>.fromOpaque(data!).takeUnretainedValue().finish()
    return 0
  }

  private static let release: GDestroyNotify = { Unmanaged<DocumentLanes>.fromOpaque($0!).release() }

  /// The memory of a Uint8Array or of an array of them; the first holds at least a header.
  private static func parts(of envelope: OpaquePointer) -> [iovec]? {
    var parts: [iovec] = []
    if let single = bytes(of: envelope) {
      parts.append(single)
    } else {
      let length = jsc_value_object_get_property(envelope, "length")
      let count = jsc_value_to_int32(length)
      g_object_unref(UnsafeMutableRawPointer(length))
      for index in 0..<max(count, 0) {
        guard let item = jsc_value_object_get_property_at_index(envelope, guint(index)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(item)) }
        guard let part = bytes(of: item) else { return nil }
        parts.append(part)
      }
    }
    guard let first = parts.first, first.iov_len >= envelopeHeaderSize else {
      return nil
    }
    return parts
  }

  private static func sockets(of ports: OpaquePointer?, in lanes: DocumentLanes) -> [OwnedDescriptor] {
    guard let ports, jsc_value_is_array(ports) != 0 else { return [] }
    let length = jsc_value_object_get_property(ports, "length")
    let count = jsc_value_to_int32(length)
    g_object_unref(UnsafeMutableRawPointer(length))
    var sockets: [OwnedDescriptor] = []
    for index in 0..<max(count, 0) {
      guard let item = jsc_value_object_get_property_at_index(ports, guint(index)) else { continue }
      defer { g_object_unref(UnsafeMutableRawPointer(item)) }
      if let socket = lanes.release(jsc_value_to_int32(item)) { sockets.append(socket) }
    }
    return sockets
  }
}
