// Tests held envelopes, which the loop sends at the end of its turn, or the outbox thread earlier.

import CMartletWire
import Glibc
import Testing

@testable import MartletIPC

@MainActor @Suite struct OutboxTests {
  @Test func `Envelopes that the outbox thread has sent are not queued as an empty packet`() throws {
    let (near, far) = try #require(OwnedDescriptor.pair())
    let filling = [UInt8](repeating: 1, count: 30_000)
    while send(near.number, filling, filling.count, Int32(MSG_DONTWAIT)) > 0 {}
    let outbox = try #require(Outbox(for: near))
    let isAdded = [UInt8](repeating: 2, count: 64).withUnsafeBytes { outbox.add(iovec($0)) }
    #expect(isAdded)
    let outcome = outbox.send()
    #expect(Int(outcome) == MARTLET_WIRE_LATER)
    // There is room again, and the thread sends before the loop does.
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var received = 0
    repeat {
      var readable = pollfd(fd: far.number, events: Int16(POLLIN), revents: 0)
      try #require(poll(&readable, 1, 10_000) == 1)
      received = recv(far.number, &buffer, buffer.count, 0)
    } while received == filling.count
    #expect(received == 64)
    let rest = outbox.take()
    #expect(rest == nil)
  }
}
