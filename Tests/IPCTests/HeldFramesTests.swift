import StructuredClone
import Testing

@testable import IPC

@MainActor @Suite("What waits for a page that has not begun")
struct HeldFramesTests {
  @Test("is kept in order, and as much of it as may wait on a socket (S-17)")
  func limit() throws {
    let frame = try Frame.encode(.message, .string(CloneString(String(repeating: "x", count: 1000))))
    var held = HeldFrames(limit: 3500)
    for _ in 0..<3 { try held.append(frame, ports: []) }
    let (near, far) = try #require(OwnedDescriptor.pair())
    let port = try #require(Identity(of: far.number))
    #expect(throws: SendError.queueFull) { try held.append(frame, ports: [far]) }
    #expect(held.frames.count == 3)
    try held.append(Frame.encode(.message, "short"), ports: [near])
    #expect(held.frames.last?.ports.count == 1)
    _ = consume far
    #expect(port.openDescriptors == 0)
  }
}
