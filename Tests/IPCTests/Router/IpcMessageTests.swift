import MartletClone
import Testing

@testable import MartletIPC

@Suite("A message")
@MainActor struct IpcMessageTests {
  @Test
  func `A message is a channel and its arguments, trailing undefined included (S-01)`() throws {
    let message = try #require(IpcMessage(["set-title", "Hello", .undefined]))
    #expect(message.channel == "set-title")
    #expect(try message.arguments.values().map(\.description) == ["'Hello'", "undefined"])
  }

  @Test(arguments: ["", "ключ", "__proto__", "é", "e\u{301}"])
  func `A message may have a channel of any text and no arguments (S-37)`(_ channel: String) throws {
    let message = try #require(IpcMessage([.string(CloneString(channel))]))
    #expect(Array(message.channel.utf8) == Array(channel.utf8))
    #expect(try message.arguments.values().isEmpty)
  }

  @Test
  func `A message is refused when it is not an array that begins with a channel`() {
    let values: [CloneValue] = [
      [], [1], [["channel"]], [.null, "channel"], "channel", .null, .undefined,
      ["0": "channel", "length": 1],
    ]
    for value in values { #expect(IpcMessage(value) == nil, "\(value)") }
  }

  @Test
  func `A call that stays encoded has its channel, and its arguments where Swift needs them`() throws {
    for channel in ["set-title", "ключ"] {
      let call = try encodedCall([.string(CloneString(channel)), 7, ["a": "b"]])
      let message = try #require(call.message)
      #expect(message.channel == channel)
      guard case .encoded(let body) = message.arguments else { throw EnvelopeError("it was decoded") }
      #expect(try CloneCodec.decode(body.bytes)[1].isEquivalent(to: 7))
      #expect(try message.arguments.values().map(\.description) == ["7", "{ a: 'b' }"])
    }
  }

  @Test
  func `A call that stays encoded has no channel when it is not an array that begins with one`() throws {
    let values: [CloneValue] = [[], [1], [["channel"]], "channel", .undefined]
    for value in values { #expect(try encodedCall(value).message == nil, "\(value)") }
  }

  @Test
  func `A call that stays encoded is refused by Swift's listeners when its arguments are no values`() throws {
    let array: [UInt8] = [0xFF, 15, 0x41, 2, 0x22, 1, 0x63, 0x7F, 0x24, 0, 2]
    let message = try #require(IpcMessage(EncodedCall(array, CycleCollector())))
    #expect(message.channel == "c")
    #expect(throws: CloneError.self) { try message.arguments.values() }
  }

  private func encodedCall(_ value: CloneValue) throws -> IpcCall {
    let collector = CycleCollector()
    collector.leavesCallsEncoded = true
    let bytes = try Envelope.encode(.send, value).joined()
    return IpcCall(.send, try Envelope(bytes: bytes, collector: collector))
  }

  @Test
  func `A message is refused when its array has a false length`() throws {
    let bytes: [UInt8] = [0xFF, 15, 0x61, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]
    let element: [UInt8] = [0x49, 0, 0x22, 1, 0x63]
    let value = try CloneCodec.decode(bytes + element + [0x40, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
    guard case .array(let array) = value else { throw EnvelopeError("no array: \(value)") }
    #expect(array.length == 4_294_967_295)
    #expect(array[0].description == "'c'")
    #expect(IpcMessage(value) == nil)
  }
}
