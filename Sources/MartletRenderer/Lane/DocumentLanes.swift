// The packet sockets of one document, and their delivery to the document's script. A packet is received
// directly into the script's memory, its inbox. The script is then called without arguments: the header has
// all metadata.

import CMartletWebProcess
import CMartletWire

final class DocumentLanes {
  /// The lane to the main process is always the first.
  static let main: Int32 = 0
  /// Limit of open ports: more would exhaust the process's descriptors.
  private static let portLimit = 1024

  /// The script's buffers for envelopes; nil before it listens.
  private var memory: DocumentMemory?
  /// Room for one packet, once `memory` is set.
  private(set) var inbox: Inbox!
  /// `receive()`, for the envelopes in the inbox, or `receive(bytes)`.
  private var receive: OpaquePointer?
  /// `allocate(length)`: a Uint8Array.
  private var allocate: OpaquePointer?
  /// The return value of `receive`. Keeping one avoids creating an object for each call.
  private var undefined: OpaquePointer?
  /// `isGone()`: whether the document's frame has been removed. Set only while the document unloads.
  private var isGone: OpaquePointer?
  private var lanes: [Lane?] = []
  /// The number of open lanes.
  private var openCount = 0
  private var hasWarned = false
  /// The page's unsent data.
  var unsent: UnsentLanes?

  deinit { close() }

  // MARK: The table

  /// Adds a lane for `socket`, taking it over.
  func add(_ socket: OwnedDescriptor) -> Lane {
    let lane = Lane(id: Int32(lanes.count), socket: socket, of: self)
    lanes.append(lane)
    openCount += 1
    return lane
  }

  subscript(id: Int32) -> Lane? {
    id >= 0 && Int(id) < lanes.count ? lanes[Int(id)] : nil
  }

  /// Removes a lane's socket from the document, for transfer. Nil when there is none.
  func release(_ id: Int32) -> OwnedDescriptor? {
    guard id != Self.main, let lane = self[id] else { return nil }
    lanes[Int(id)] = nil
    openCount -= 1
    return lane.release()
  }

  func close(_ id: Int32) {
    guard let lane = self[id] else { return }
    lanes[Int(id)] = nil
    openCount -= 1
    lane.close()
  }

  /// The other end of a lane is closed. When it is the lane to the main process, all others are closed too.
  func ended(_ lane: Lane) {
    close(lane.id)
    if lane.id == Self.main { return close() }
    guard memory != nil else { return }
    inbox.setEnd(of: lane.id)
    call(nil, length: envelopeHeaderSize)
  }

  /// The document is unloading: `finish` follows when none of its scripts run any more.
  func leave(_ isGone: OpaquePointer?) {
    guard self.isGone == nil, let isGone, jsc_value_is_function(isGone) != 0 else { return }
    self.isGone = retained(isGone)
  }

  /// Reports a removed frame as the document's last envelope, and closes everything.
  func finish() {
    if let isGone, self[Self.main] != nil, let answer = jsc_value_function_callv(isGone, 0, nil) {
      if jsc_value_to_boolean(answer) != 0 { sendGone() }
      g_object_unref(UnsafeMutableRawPointer(answer))
    }
    close()
  }

  /// The frame has ended: reports that unless everything is closed already, and closes everything.
  func frameIsGone() {
    sendGone()
    close()
  }

  /// Sends the last envelope of a document whose frame has been removed.
  private func sendGone() {
    guard let lane = self[Self.main] else { return }
    var header = martlet_envelope_header()
    header.kind = UInt8(MARTLET_ENVELOPE_GONE)
    withUnsafeMutableBytes(of: &header) {
      _ = lane.send([iovec(UnsafeRawBufferPointer($0))], ports: [], isLast: true)
    }
  }

  /// Closes everything, and releases the script's functions: holding them would keep the page alive.
  func close() {
    let all = lanes
    lanes = []
    openCount = 0
    for lane in all { lane?.close() }
    for value in [receive, allocate, undefined, isGone] where value != nil {
      g_object_unref(UnsafeMutableRawPointer(value))
    }
    receive = nil
    allocate = nil
    undefined = nil
    memory = nil
    isGone = nil
  }

  // MARK: The script

  /// Delivers to the script from now on, and starts the lane.
  func listen(_ memory: DocumentMemory?, _ receive: OpaquePointer, _ allocate: OpaquePointer) {
    guard self.receive == nil, let lane = self[Self.main], let memory else { return }
    self.memory = memory
    inbox = Inbox(memory: memory.inbox.iov_base)
    lane.hold(in: memory.outbox.iov_base)
    self.receive = retained(receive)
    self.allocate = retained(allocate)
    undefined = jsc_value_new_undefined(jsc_value_get_context(receive))
    lane.start()
  }

  /// The first bytes of the script's buffer for short envelopes; nil when there is no buffer, or `length` is
  /// less than a header.
  func short(_ length: Int32) -> iovec? {
    guard let short = memory?.short, length >= envelopeHeaderSize, Int(length) <= short.iov_len else {
      return nil
    }
    return iovec(iov_base: short.iov_base, iov_len: Int(length))
  }

  /// Receives a packet into the inbox. Calls `receive` with the inbox's memory, its size, and room for
  /// descriptors and their number, and returns its result.
  func receivePacket(
    _ descriptors: inout [Int32],
    by receive: (UnsafeMutableRawPointer, Int, UnsafeMutablePointer<Int32>, inout Int) -> Int
  ) -> Int {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Int(MARTLET_DESCRIPTOR_LIMIT)) { numbers in
      var count = 0
      let length = receive(inbox.memory, Int(MARTLET_PACKET_LIMIT), numbers.baseAddress!, &count)
      descriptors = []
      for index in 0..<count { descriptors.append(numbers[index]) }
      return length
    }
  }

  /// Delivers the packet in the inbox to the script. Takes over the descriptors. False when the packet is
  /// invalid.
  func deliver(_ count: Int, _ descriptors: [Int32], from lane: Lane) -> Bool {
    guard let envelope = inbox.check(count, descriptors, from: lane.id) else {
      closeAll(descriptors)
      warn("Martlet: closed a lane: it received an invalid packet")
      return false
    }
    guard !descriptors.isEmpty else {
      call(nil, length: count)
      return true
    }
    if envelope.header.ports > 0 {
      let ports = descriptors.dropFirst(envelope.first_port)
      inbox.delivered.pointee.call_or_first_port = UInt32(bitPattern: adopt(ports))
    }
    guard envelope.first_port > 0 else {
      call(nil, length: count)
      return true
    }
    defer { closeMemory(of: envelope, descriptors) }
    guard let bytes = read(envelope, descriptors) else { return false }
    defer { unreference(bytes) }
    if envelope.bytes != nil {
      call(nil, length: envelopeHeaderSize + Int(envelope.header.length))
    } else {
      call(bytes, length: 0)
    }
    return true
  }

  /// The reply to a synchronous call, for the script: its length in the inbox, or its bytes; below 0 when it
  /// is invalid. Takes over the descriptors.
  func reply(_ count: Int, _ descriptors: [Int32], in context: OpaquePointer) -> OpaquePointer? {
    if count < 0 { return jsc_value_new_number(context, Double(count)) }
    guard let envelope = inbox.check(count, descriptors, from: Self.main), envelope.header.ports == 0,
      envelope.begin == 0
    else {
      closeAll(descriptors)
      return jsc_value_new_number(context, -1)
    }
    guard !descriptors.isEmpty else { return jsc_value_new_number(context, Double(count)) }
    defer { closeMemory(of: envelope, descriptors) }
    guard let bytes = read(envelope, descriptors) else { return jsc_value_new_number(context, -1) }
    if envelope.bytes == nil { return bytes }
    unreference(bytes)
    return jsc_value_new_number(context, Double(count))
  }

  /// Closes an envelope's sealed memory; its ports stay open.
  private func closeMemory(of envelope: martlet_envelope, _ descriptors: [Int32]) {
    if envelope.bytes == nil { martlet_wire_close_memory(descriptors[0], Int(envelope.header.length)) }
    let buffers = UnsafeBufferPointer(start: envelope.buffers, count: envelope.buffer_count)
    for (entry, memory) in zip(buffers, descriptors[envelope.first_buffer...]) {
      martlet_wire_close_memory(memory, Int(entry.length))
    }
  }

  /// Turns the ports into lanes with consecutive ids, and returns the first id. A lane is not read before the
  /// script starts it. Ports beyond the limit are closed at once.
  private func adopt(_ ports: ArraySlice<Int32>) -> Int32 {
    let first = Int32(lanes.count)
    for port in ports.map(OwnedDescriptor.init) {
      if openCount <= Self.portLimit {
        _ = add(port)
      } else {
        if !hasWarned {
          warn("Martlet: the port limit is reached, 1024 ports of a page are open: further ports are closed")
        }
        hasWarned = true
        lanes.append(nil)
      }
    }
    return first
  }

  /// Reads the out-of-line parts of the packet in the inbox. The header and the payload go into one array of
  /// the script, which is empty when they are in the packet. Each out-of-line buffer goes into an array of
  /// its own, allocated after it.
  private func read(_ envelope: martlet_envelope, _ descriptors: [Int32]) -> OpaquePointer? {
    let length = Int(envelope.header.length)
    let isInMemory = envelope.bytes == nil
    guard let value = allocated(isInMemory ? envelopeHeaderSize + length : 0, at: -1) else { return nil }
    if isInMemory {
      guard let target = bytes(of: value), target.iov_len == envelopeHeaderSize + length,
        martlet_wire_memory_read(descriptors[0], 0, target.iov_base + envelopeHeaderSize, length)
      else {
        unreference(value)
        return nil
      }
      target.iov_base.storeBytes(of: inbox.delivered.pointee, as: martlet_delivered_header.self)
    }
    guard readBuffers(of: envelope, descriptors) else {
      unreference(value)
      return nil
    }
    return value
  }

  private func readBuffers(of envelope: martlet_envelope, _ descriptors: [Int32]) -> Bool {
    let buffers = UnsafeBufferPointer(start: envelope.buffers, count: envelope.buffer_count)
    for (entry, memory) in zip(buffers, descriptors[envelope.first_buffer...]) {
      guard let value = allocated(Int(entry.length), at: envelopeHeaderSize + Int(entry.place)) else {
        return false
      }
      defer { unreference(value) }
      guard let piece = bytes(of: value), piece.iov_len == Int(entry.length),
        martlet_wire_memory_read(memory, 0, piece.iov_base, piece.iov_len)
      else { return false }
    }
    return true
  }

  /// A Uint8Array that the script allocates.
  private func allocated(_ length: Int, at place: Int) -> OpaquePointer? {
    guard let allocate = self.allocate.map(retained) else { return nil }
    defer { unreference(allocate) }
    let context = jsc_value_get_context(allocate)
    var arguments: [OpaquePointer?] = [
      jsc_value_new_number(context, Double(length)), jsc_value_new_number(context, Double(place)),
    ]
    defer { for argument in arguments { unreference(argument) } }
    return jsc_value_function_callv(allocate, 2, &arguments)
  }

  /// Calls the script for `bytes`, or for the first `length` bytes of the inbox. The script may end the
  /// document.
  private func call(_ bytes: OpaquePointer?, length: Int) {
    guard let receive = self.receive.map(retained) else { return }
    defer { unreference(receive) }
    // An argument would cost an object: the length is stored behind the packet instead.
    if let bytes {
      var arguments: [OpaquePointer?] = [bytes]
      unreference(jsc_value_function_callv(receive, 1, &arguments))
    } else {
      inbox.setLength(length)
      unreference(jsc_value_function_callv(receive, 0, nil))
    }
  }
}

/// The contents of a document's inbox: one packet, followed by the length for the script.
struct Inbox {
  /// Room for one packet and its length.
  let memory: UnsafeMutableRawPointer

  /// Stores the number of packet bytes that the script has to read.
  func setLength(_ length: Int) {
    (memory + Int(MARTLET_PACKET_LIMIT)).storeBytes(of: UInt32(length), as: UInt32.self)
  }

  /// The header of the packet's only envelope, in the form that the script gets.
  var delivered: UnsafeMutablePointer<martlet_delivered_header> {
    memory.assumingMemoryBound(to: martlet_delivered_header.self)
  }

  /// Writes the end of a lane in place of an envelope.
  func setEnd(of lane: Int32) {
    delivered.pointee = martlet_delivered_header()
    delivered.pointee.lane = UInt32(bitPattern: lane)
  }

  /// Checks the packet of `count` bytes, and writes the lane's id into the header of each envelope.
  ///
  /// - Returns: The last envelope: the only one when there are descriptors. Nil when the packet violates
  ///   wire.h.
  func check(_ count: Int, _ descriptors: [Int32], from lane: Int32) -> martlet_envelope? {
    descriptors.withUnsafeBufferPointer { descriptors in
      var packet = martlet_packet(
        bytes: memory, length: count, descriptors: descriptors.baseAddress,
        descriptor_count: descriptors.count, is_alone: false, end: 0, count: 0)
      var envelope = martlet_envelope()
      while true {
        switch martlet_packet_next(&packet, &envelope) {
        case 0: return envelope
        case 1:
          (memory + envelope.begin).assumingMemoryBound(to: martlet_delivered_header.self).pointee.lane =
            UInt32(bitPattern: lane)
        default: return nil
        }
      }
    }
  }
}

private func closeAll(_ descriptors: [Int32]) {
  for descriptor in descriptors { martlet_wire_close(descriptor) }
}

private func unreference(_ value: OpaquePointer?) {
  if let value { g_object_unref(UnsafeMutableRawPointer(value)) }
}

/// The memory of a Uint8Array; nil for anything else.
func bytes(of value: OpaquePointer) -> iovec? {
  guard jsc_value_typed_array_get_type(value) == JSC_TYPED_ARRAY_UINT8 else { return nil }
  var length: gsize = 0
  guard let start = jsc_value_typed_array_get_data(value, &length) else { return nil }
  return iovec(iov_base: start, iov_len: Int(length))
}

private func retained(_ value: OpaquePointer) -> OpaquePointer {
  OpaquePointer(g_object_ref(UnsafeMutableRawPointer(value)))
}
