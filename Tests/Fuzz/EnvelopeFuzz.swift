// libFuzzer target for what a renderer may send over its lane: packets with any bytes and any descriptors,
// received as the main process receives them. Built and run by `Tests/Fuzz/run`.
//
// An input is a list of packets: a byte that says which descriptors come along, two bytes of length, and the
// bytes. It is sent through a real pair of sockets. What arrives must be envelopes that can be encoded again,
// or an error, and no descriptor may stay open.

import CMartletWire
import Glibc
import HostileMemory
import MartletIPC
import MartletClone

private nonisolated(unsafe) let buffer = UnsafeMutableRawBufferPointer.allocate(
  byteCount: Lane.packetLimit, alignment: 16)

/// Frees the values that contain themselves, after each input.
@MainActor private let collector = CycleCollector()

/// Compiled together with the sources rather than linked, so that the parser itself is instrumented.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let address = UInt(bitPattern: start)
  MainActor.assumeIsolated {
    let input = UnsafeBufferPointer(start: UnsafePointer<UInt8>(bitPattern: address), count: count)
    let lowest = lowestFreeDescriptor()
    receiveAll(input)
    collector.sweepAll()
    precondition(collector.count == 0, "a value was not freed")
    precondition(lowestFreeDescriptor() == lowest, "a descriptor stayed open")
  }
  return 0
}

@MainActor private func receiveAll(_ input: UnsafeBufferPointer<UInt8>) {
  guard let (ours, theirs) = OwnedDescriptor.pair() else { fatalError("no sockets") }
  let line = Lane(ours, collector: collector)
  var rest = input[...]
  while rest.count >= 3, sendPacket(&rest, on: theirs.number) {}
  martlet_wire_end_sending(theirs.number)
  while true {
    do throws(EnvelopeError) {
      switch try line.receive(into: buffer) {
      case .envelope(let envelope): check(envelope)
      case .nothing: preconditionFailure("nothing, before the end")
      case .end: return
      }
    } catch {
      precondition(!error.description.isEmpty && !line.hasReceived, "envelopes after an error")
      return
    }
  }
}

@MainActor private func check(_ envelope: Envelope) {
  precondition(envelope.ports.count <= Int(MARTLET_PORT_LIMIT) && envelope.ports.allSatisfy(\.isSocket))
  do throws(CloneError) {
    let again = try Envelope.encode(envelope.kind, call: envelope.call, envelope.value)
    // A value that is too deep or too long for the second way is not compared.
    guard again.joined().count < 4096,
      let second = try? Envelope(bytes: again.joined(), collector: collector)
    else { return }
    precondition(second.kind == envelope.kind && second.call == envelope.call && second.ports.isEmpty)
    precondition(second.value.isEquivalent(to: envelope.value), "another value after a round trip")
  } catch {
    preconditionFailure("a value that was received cannot be sent: \(error)")
  }
}

/// Takes one packet from the input and sends it. False when there is no room for more.
private func sendPacket(_ rest: inout Slice<UnsafeBufferPointer<UInt8>>, on socket: Int32) -> Bool {
  let control = rest.removeFirst()
  let length = Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8
  let bytes = Array(rest.prefix(length))
  rest = rest.dropFirst(length)
  // An envelope in memory leaves its bytes there; what follows them stays in the packet.
  let headerSize = MemoryLayout<martlet_envelope_header>.size
  var packet = bytes
  var payload: ArraySlice<UInt8> = []
  if bytes.count >= headerSize {
    let stated = bytes[12..<16].reversed().reduce(0) { $0 << 8 | Int($1) }
    payload = bytes[headerSize...].prefix(stated)
    if Int(bytes[1]) & MARTLET_FLAG_MEMORY != 0 { packet.removeSubrange(payload.indices) }
  }
  // Two bits for how many, and two for the kind of each.
  var descriptors = (0..<Int(control & 3)).map {
    descriptor(kind: control >> (2 + 2 * UInt8($0)) & 3, payload)
  }
  defer { for descriptor in descriptors { martlet_wire_close(descriptor) } }
  descriptors.removeAll { $0 < 0 }
  return packet.withUnsafeBytes { bytes in
    var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    return martlet_wire_send(socket, &part, 1, descriptors, descriptors.count, false) == 0
  }
}

/// 0 sealed memory of the payload, 1 the same that can still be changed, 2 a socket, 3 sealed memory of three
/// bytes.
private func descriptor(kind: UInt8, _ payload: ArraySlice<UInt8>) -> Int32 {
  if kind == 2 { return socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0) }
  return Array(kind == 3 ? [1, 2, 3] : payload).withUnsafeBytes { bytes in
    if kind == 1 { return bytes.baseAddress.map { hostile_memory($0, bytes.count, 0) } ?? -1 }
    var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    return martlet_wire_memory(&part, 1)
  }
}

private func lowestFreeDescriptor() -> Int32 {
  let descriptor = dup(2)
  close(descriptor)
  return descriptor
}
