// The channels as the isolated half of the bridge has them: functions of numbers and bytes.

import CWebProcess
import CWire

enum ChannelFunctions {
  /// Adds to `object`:
  ///
  /// - `listen(inbox, outbox, short, receive, allocate)`: `receive()` is called for each packet in `inbox`, a Uint8Array
  ///   with room for one and its length after it, and `receive(bytes)` for a frame that is longer, whose Uint8Array
  ///   `allocate(length, -1)` makes. Of a frame with buffers that are apart, that is called in any case, and then
  ///   `allocate(length, place)` for each of them. A header's `sequence` is the channel, its `call` the first of its
  ///   ports' channels; kind 0 is the end of the channel. `outbox` is the lane's: see outbox.h. `short` is for
  ///   `sendShort`.
  /// - `releaseHeld()`: sends what is in the outbox. Returns `Channel.Status`.
  /// - `watchHeld()`: has it sent in time.
  /// - `send(channel, frame, ports)`: `frame` is a Uint8Array or an array of them, of which every second is a long
  ///   buffer's contents, `ports` an array of channels or false. Returns `Channel.Status`.
  /// - `sendShort(channel, length)`: as `send`, for the first bytes of the `short` that `listen` got.
  /// - `callSync(channel, frame)`: the length of the reply in the inbox, or its bytes; below 0 a `Channel.Status`.
  /// - `pair()`: a channel whose other end is the next.
  /// - `start(channel)`: a `Channel.Status`; nothing comes on one that is closed. `close(channel)`.
  /// - `leave(isGone)`: the document is going; its channels are closed when nothing of it runs any more. When `isGone()`
  ///   is true then, its frame has gone with it, and the main process is told.
  static func add(to object: Functions, holding channels: DocumentChannels) {
    object.add(
      "listen", [value, value, value, value, value], nothing, unsafeBitCast(listen, to: GCallback.self),
      channels)
    object.add("releaseHeld", [], int, unsafeBitCast(releaseHeld, to: GCallback.self), channels)
    object.add("watchHeld", [], nothing, unsafeBitCast(watchHeld, to: GCallback.self), channels)
    object.add("send", [int, value, value], int, unsafeBitCast(send, to: GCallback.self), channels)
    object.add("sendShort", [int, int], int, unsafeBitCast(sendShort, to: GCallback.self), channels)
    object.add("callSync", [int, value], value, unsafeBitCast(callSync, to: GCallback.self), channels)
    object.add("pair", [], int, unsafeBitCast(pair, to: GCallback.self), channels)
    object.add("start", [int], int, unsafeBitCast(start, to: GCallback.self), channels)
    object.add("close", [int], nothing, unsafeBitCast(close, to: GCallback.self), channels)
    object.add("leave", [value], nothing, unsafeBitCast(leave, to: GCallback.self), channels)
  }

  private static let nothing: UInt = 1 << 2  // G_TYPE_NONE
  private static let int: UInt = 6 << 2  // G_TYPE_INT: macros with casts, which do not import.
  private static var value: UInt { jsc_value_get_type() }

  private static func channels(_ data: gpointer?) -> DocumentChannels {
    Unmanaged<DocumentChannels>.fromOpaque(data!).takeUnretainedValue()
  }

  private static let listen:
    @convention(c) (
      OpaquePointer?, OpaquePointer?, OpaquePointer?, OpaquePointer?, OpaquePointer?, gpointer?
    ) -> Void = { inbox, outbox, short, receive, allocate, data in
      guard let inbox, let outbox, let short, let receive, let allocate else { return }
      channels(data).listen(
        DocumentMemory(inbox: inbox, outbox: outbox, short: short), receive, allocate)
    }

  private static let releaseHeld: @convention(c) (gpointer?) -> Int32 = { data in
    (channels(data)[DocumentChannels.lane]?.releaseHeld() ?? .closed).rawValue
  }

  private static let watchHeld: @convention(c) (gpointer?) -> Void = { data in
    channels(data)[DocumentChannels.lane]?.watchHeld()
  }

  private static let send: @convention(c) (Int32, OpaquePointer?, OpaquePointer?, gpointer?) -> Int32 = {
    id, frame, ports, data in
    let channels = channels(data)
    guard let channel = channels[id], let frame, let parts = parts(of: frame) else {
      return Channel.Status.closed.rawValue
    }
    return channel.send(parts, ports: sockets(of: ports, in: channels)).rawValue
  }

  private static let sendShort: @convention(c) (Int32, Int32, gpointer?) -> Int32 = { id, length, data in
    let channels = channels(data)
    guard let channel = channels[id], let frame = channels.short(length) else {
      return Channel.Status.closed.rawValue
    }
    return channel.send([frame], ports: []).rawValue
  }

  private static let callSync: @convention(c) (Int32, OpaquePointer?, gpointer?) -> OpaquePointer? = {
    id, frame, data in
    let channels = channels(data)
    guard let context = jsc_context_get_current() else { return nil }
    guard let channel = channels[id], let frame, let parts = parts(of: frame) else {
      return jsc_value_new_number(context, Double(Channel.Status.closed.rawValue))
    }
    var descriptors: [Int32] = []
    let count = channel.callSync(parts, descriptors: &descriptors)
    return channels.reply(count, descriptors, in: context)
  }

  private static let pair: @convention(c) (gpointer?) -> Int32 = { data in
    guard let sockets = socketPair() else { return -1 }
    let channels = channels(data)
    let first = channels.add(sockets.0)
    _ = channels.add(sockets.1)
    return first.id
  }

  private static let start: @convention(c) (Int32, gpointer?) -> Int32 = { id, data in
    guard let channel = channels(data)[id] else { return Channel.Status.closed.rawValue }
    channel.start()
    return Channel.Status.sent.rawValue
  }

  private static let close: @convention(c) (Int32, gpointer?) -> Void = { id, data in
    channels(data).close(id)
  }

  private static let leave: @convention(c) (OpaquePointer?, gpointer?) -> Void = { isGone, data in
    channels(data).leave(isGone)
    // Retained: the functions may be collected before the loop is idle.
    g_idle_add_full(
      G_PRIORITY_DEFAULT, closeAllChannels, Unmanaged.passRetained(channels(data)).toOpaque(), release)
  }

  private static let closeAllChannels: GSourceFunc = { data in
    Unmanaged<DocumentChannels>.fromOpaque(data!).takeUnretainedValue().finish()
    return 0
  }

  private static let release: GDestroyNotify = { Unmanaged<DocumentChannels>.fromOpaque($0!).release() }

  /// The memory of a Uint8Array or of an array of them; the first holds at least a header.
  private static func parts(of frame: OpaquePointer) -> [iovec]? {
    var parts: [iovec] = []
    if let single = bytes(of: frame) {
      parts.append(single)
    } else {
      let length = jsc_value_object_get_property(frame, "length")
      let count = jsc_value_to_int32(length)
      g_object_unref(UnsafeMutableRawPointer(length))
      for index in 0..<max(count, 0) {
        guard let item = jsc_value_object_get_property_at_index(frame, guint(index)) else { return nil }
        defer { g_object_unref(UnsafeMutableRawPointer(item)) }
        guard let part = bytes(of: item) else { return nil }
        parts.append(part)
      }
    }
    guard let first = parts.first, first.iov_len >= frameHeaderSize else {
      return nil
    }
    return parts
  }

  private static func sockets(of ports: OpaquePointer?, in channels: DocumentChannels) -> [Int32] {
    guard let ports, jsc_value_is_array(ports) != 0 else { return [] }
    let length = jsc_value_object_get_property(ports, "length")
    let count = jsc_value_to_int32(length)
    g_object_unref(UnsafeMutableRawPointer(length))
    var sockets: [Int32] = []
    for index in 0..<max(count, 0) {
      guard let item = jsc_value_object_get_property_at_index(ports, guint(index)) else { continue }
      defer { g_object_unref(UnsafeMutableRawPointer(item)) }
      let socket = channels.release(jsc_value_to_int32(item))
      if socket >= 0 { sockets.append(socket) }
    }
    return sockets
  }
}
