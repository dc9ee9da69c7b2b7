import MartletClone
import Testing

@testable import MartletIPC

@MainActor @Suite("Envelopes held for a page that has not begun")
struct HeldEnvelopesTests {
  @Test
  func `Envelopes held for a page that has not begun stay in order, up to the queue's limit (S-17)`() throws {
    let envelope = try Envelope.encode(.message, .string(CloneString(String(repeating: "x", count: 1000))))
    var held = HeldEnvelopes(limit: 3500)
    for _ in 0..<3 { try held.append(envelope, ports: []) }
    let (near, far) = try #require(OwnedDescriptor.pair())
    let port = try #require(Identity(of: far.number))
    #expect(throws: SendError.queueFull) { try held.append(envelope, ports: [far]) }
    #expect(held.envelopes.count == 3)
    try held.append(Envelope.encode(.message, "short"), ports: [near])
    #expect(held.envelopes.last?.ports.count == 1)
    _ = consume far
    #expect(port.openDescriptors == 0)
  }
}
