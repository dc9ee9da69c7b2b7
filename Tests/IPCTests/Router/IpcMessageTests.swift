import MartletIPC
import MartletClone
import Testing

@Suite("A message")
struct IpcMessageTests {
  @Test
  func `A message is a channel and its arguments, trailing undefined included (S-01)`() throws {
    let message = try #require(IpcMessage(["set-title", "Hello", .undefined]))
    #expect(message.channel == "set-title")
    #expect(message.arguments.map(\.description) == ["'Hello'", "undefined"])
  }

  @Test(arguments: ["", "ключ", "__proto__", "é", "e\u{301}"])
  func `A message may have a channel of any text and no arguments (S-37)`(_ channel: String) throws {
    let message = try #require(IpcMessage([.string(CloneString(channel))]))
    #expect(Array(message.channel.utf8) == Array(channel.utf8))
    #expect(message.arguments.isEmpty)
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
