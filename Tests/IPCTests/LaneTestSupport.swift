// A lane under test, and packets for it.

import CMartletWire
import Glibc
import HostileMemory
import MartletClone
import Testing

@testable import MartletIPC

extension Lane {
  @MainActor convenience init(_ socket: OwnedDescriptor, queueLimit: Int = Int(MARTLET_QUEUE_LIMIT)) {
    self.init(socket, collector: CycleCollector(), queueLimit: queueLimit)
  }
}

/// A lane, and the raw socket at its other end, which can send anything.
@MainActor struct Line {
  let end: Lane
  let peer: OwnedDescriptor
  private let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: Lane.packetLimit, alignment: 16)

  init(queueLimit: Int = 1 << 20) throws {
    let (ours, theirs) = try #require(OwnedDescriptor.pair())
    end = Lane(ours, queueLimit: queueLimit)
    peer = theirs
  }

  /// Sends one packet unchanged, with these descriptors.
  func peerSends(_ bytes: [UInt8], _ descriptors: [Int32] = []) {
    bytes.withUnsafeBytes { bytes in
      var part = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
      #expect(martlet_wire_send(peer.number, &part, 1, descriptors, descriptors.count, false) == 0)
    }
  }

  func receive() throws(EnvelopeError) -> Lane.Received { try end.receive(into: buffer) }

  /// The value of the next envelope; nil when there is none.
  func value() throws -> CloneValue? {
    if case .envelope(let envelope) = try receive() { envelope.value } else { nil }
  }

  /// The error text for the next packet, which must be refused.
  func refusal() -> String? {
    do {
      _ = try receive()
      return nil
    } catch {
      return error.description
    }
  }
}

/// Identifies the file or socket of a descriptor. Counting all descriptors of this process would prove
/// nothing, because other tests open and close theirs meanwhile.
struct Identity: Equatable {
  private let device: dev_t
  private let number: ino_t

  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    device = status.st_dev
    number = status.st_ino
  }

  /// The number of descriptors of it that this process has open.
  var openDescriptors: Int {
    guard let folder = opendir("/proc/self/fd") else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
      }
      if let descriptor = Int32(name), Identity(of: descriptor) == self { count += 1 }
    }
    return count
  }
}

/// The number of process descriptors (pidfds) that this process has open.
func openProcessDescriptors() -> Int {
  (0..<4096).count { number in
    var target = [CChar](repeating: 0, count: 64)
    let length = readlink("/proc/self/fd/\(number)", &target, 63)
    return length > 0
      && String(decoding: target[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self).contains("pidfd")
  }
}

/// The monotonic clock's time in microseconds.
func microseconds() -> Int {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return now.tv_sec * 1_000_000 + now.tv_nsec / 1000
}

/// Memory with these seals: a hostile renderer may use others than `martlet_wire_memory` sets.
func memory(_ bytes: [UInt8], seals: Int32) -> OwnedDescriptor {
  OwnedDescriptor(bytes.withUnsafeBytes { hostile_memory($0.baseAddress!, $0.count, seals) })
}

/// Seals against shrinking, growing and writing.
let shrink: Int32 = 2
let grow: Int32 = 4
let writes: Int32 = 8
/// An envelope's payload: the value null.
let payload: [UInt8] = [0xFF, 15, UInt8(ascii: "0")]
