// libFuzzer target for what a renderer may send over its lane: packets with any bytes and any descriptors, received as
// the main process receives them. Built and run by `Tests/Fuzz/run`.
//
// An input is a list of packets: a byte that says which descriptors come along, two bytes of length, and the bytes. It
// is sent through a real pair of sockets. What arrives must be frames that can be encoded again, or an error, and no
// descriptor may stay open.

import CWire
import Glibc
import IPC
import StructuredClone

private nonisolated(unsafe) let buffer = UnsafeMutableRawBufferPointer.allocate(
  byteCount: FrameSocket.packetLimit, alignment: 16)

/// Compiled together with the sources rather than linked, so that the parser itself is instrumented.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let address = UInt(bitPattern: start)
  MainActor.assumeIsolated {
    let input = UnsafeBufferPointer(start: UnsafePointer<UInt8>(bitPattern: address), count: count)
    let lowest = lowestFreeDescriptor()
    receiveAll(input)
    precondition(lowestFreeDescriptor() == lowest, "a descriptor stayed open")
  }
  return 0
}

@MainActor private func receiveAll(_ input: UnsafeBufferPointer<UInt8>) {
  guard let (ours, theirs) = OwnedDescriptor.pair() else { fatalError("no sockets") }
  let line = FrameSocket(ours)
  var rest = input[...]
  while rest.count >= 3, sendPacket(&rest, on: theirs.number) {}
  martlet_wire_end_sending(theirs.number)
  while true {
    do throws(FrameError) {
      switch try line.receive(into: buffer) {
      case .frame(let frame): check(frame)
      case .nothing: preconditionFailure("nothing, before the end")
      case .end: return
      }
    } catch {
      precondition(!error.description.isEmpty && !line.hasReceived, "frames after an error")
      return
    }
  }
}

@MainActor private func check(_ frame: Frame) {
  precondition(frame.ports.count <= Int(MARTLET_PORT_LIMIT) && frame.ports.allSatisfy(\.isSocket))
  do throws(CloneError) {
    let again = try Frame.encode(frame.kind, call: frame.call, frame.value)
    // What was deep or long on its way here may be so on its way back.
    guard again.joined().count < 4096, let second = try? Frame(bytes: again.joined()) else { return }
    precondition(second.kind == frame.kind && second.call == frame.call && second.ports.isEmpty)
    precondition(second.value.isEquivalent(to: frame.value), "another value after a round trip")
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
  // Two bits for how many, and two for the kind of each.
  var descriptors = (0..<Int(control & 3)).map { descriptor(kind: control >> (2 + 2 * UInt8($0)) & 3, bytes) }
  // Memory's bytes are those after the header, which travels alone.
  let isInMemory =
    descriptors.first != nil && control >> 2 & 3 < 2 && bytes.count > Int(MARTLET_ALIGNMENT) * 2
  defer { for descriptor in descriptors { martlet_wire_close(descriptor) } }
  descriptors.removeAll { $0 < 0 }
  return bytes.withUnsafeBytes { bytes in
    var part = iovec(
      iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress),
      iov_len: isInMemory ? MemoryLayout<martlet_frame_header>.size : bytes.count)
    return martlet_wire_send(socket, &part, 1, descriptors, descriptors.count, false) == 0
  }
}

/// 0 sealed memory, 1 memory that can still be changed, 2 a socket, 3 a pipe's end.
private func descriptor(kind: UInt8, _ packet: [UInt8]) -> Int32 {
  switch kind {
  case 0, 1:
    let payload = Array(packet.dropFirst(MemoryLayout<martlet_frame_header>.size))
    return payload.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      return kind == 0 ? martlet_wire_memory(&part, 1) : martlet_wire_memory_with_seals(&part, 1, 0)
    }
  case 2: return socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0)
  default: return open("/dev/null", O_RDONLY)
  }
}

private func lowestFreeDescriptor() -> Int32 {
  let descriptor = dup(2)
  close(descriptor)
  return descriptor
}
