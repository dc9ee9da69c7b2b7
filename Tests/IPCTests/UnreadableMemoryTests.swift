import CMartletWire
import Glibc
import MartletClone
import Testing

@testable import MartletIPC

private let pathOnly: Int32 = 0o10000000  // O_PATH

@MainActor @Suite("Memory that cannot be read")
struct UnreadableMemoryTests {
  /// Sealed memory of 3 bytes, with a newly opened descriptor.
  private func memory(_ flags: Int32) throws -> OwnedDescriptor {
    var bytes: [UInt8] = [0xFF, 15, UInt8(ascii: "0")]
    let sealed = bytes.withUnsafeMutableBytes { bytes in
      var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
      return OwnedDescriptor(martlet_wire_memory(&part, 1))
    }
    let descriptor = open("/proc/self/fd/\(sealed.number)", flags)
    try #require(descriptor >= 0)
    return OwnedDescriptor(descriptor)
  }

  @Test(arguments: [O_WRONLY, pathOnly])
  func `Memory that cannot be read is refused on arrival, even if it is sealed`(flags: Int32) throws {
    let line = try Line()
    let text = "memory is not sealed, not readable, or not of the announced size: 3 bytes"
    let memory = try memory(flags)
    line.peerSends(envelopeBytes(flags: 1, length: 3, payload: []), [memory.number])
    #expect(line.refusal() == text)
    // An out-of-line buffer: [0xFF, 15, 'B', 3] in the packet, its contents in the memory.
    var packet = envelopeBytes(flags: 2, payload: [0xFF, 15, UInt8(ascii: "B"), 3])
    packet += repeatElement(0, count: martlet_envelope_align(packet.count) - packet.count)
    packet.append(littleEndian: UInt32(4))
    packet.append(littleEndian: UInt32(3))
    line.peerSends(packet, [memory.number])
    #expect(line.refusal() == text)
    withExtendedLifetime(memory) {}
  }

  @Test(arguments: [O_RDONLY, O_RDWR])
  func `Memory that is opened for reading is accepted, with writing or without`(flags: Int32) throws {
    let line = try Line()
    let memory = try memory(flags)
    line.peerSends(envelopeBytes(flags: 1, length: 3, payload: []), [memory.number])
    #expect(try line.value()?.isEquivalent(to: .null) == true)
    withExtendedLifetime(memory) {}
  }

  @Test
  func `Memory that fails to be read is an error, and does not end the process`()
    throws
  {
    // Files other than memory cannot be sealed, so the descriptor of valid memory is replaced under its
    // number.
    let descriptor = try memory(O_RDWR)
    let memory = SealedMemory(descriptor, count: 3)
    #expect(memory.bytes(in: 0..<3) == [0xFF, 15, UInt8(ascii: "0")])
    #expect(memory.bytes(in: 2..<9) == nil)
    let null = open("/dev/null", O_WRONLY)
    #expect(dup2(null, descriptor.number) == descriptor.number)
    close(null)
    #expect(memory.bytes(in: 0..<3) == nil)
    #expect(memory.bytes(in: 1..<1) == [])
  }
}
