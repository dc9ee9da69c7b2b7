import MartletClone
import Testing

@testable import MartletIPC

@Suite("Handlers")
@MainActor struct HandlerTests {
  private let emitter = IpcEmitter<Void, Void>()

  /// Adds a handler that returns `number`.
  private func add(_ channel: String, once: Bool, _ number: Int) throws(DuplicateHandler) {
    try emitter.handle(channel, once: once, .returning { _, _ in .number(Double(number)) })
  }

  /// The number of the handler that a call gets.
  private func take(_ channel: String) async throws -> Int? {
    guard case .returning(let handler) = emitter.takeHandler(channel) else { return nil }
    return try await Int.decode(from: handler((), .decoded([])))
  }

  @Test
  func `Handlers answer every call until they are removed`() async throws {
    try add("channel", once: false, 1)
    #expect(try await take("channel") == 1)
    #expect(try await take("channel") == 1)
    emitter.removeHandler("channel")
    #expect(try await take("channel") == nil)
  }

  @Test
  func `A second handler of a channel is an error, and the first one stays (S-27)`() async throws {
    try add("it's", once: false, 1)
    let error = #expect(throws: DuplicateHandler.self) { try add("it's", once: true, 2) }
    #expect(
      error?.description
        == "Attempted to register a second handler for 'it's': call removeHandler first to replace it")
    #expect(error?.channel == "it's")
    #expect(try await take("it's") == 1)
  }

  @Test
  func `Handlers can be removed where there are none, and added again (S-27)`() async throws {
    emitter.removeHandler("channel")
    try add("channel", once: false, 1)
    emitter.removeHandler("channel")
    try add("channel", once: false, 2)
    #expect(try await take("channel") == 2)
  }

  @Test
  func `Handlers of one call are removed before they run, so an overlapping call finds none (S-28)`()
    async throws
  {
    try add("channel", once: true, 1)
    #expect(throws: DuplicateHandler.self) { try add("channel", once: true, 2) }
    #expect(try await take("channel") == 1)
    #expect(try await take("channel") == nil)
    try add("channel", once: true, 3)
    #expect(try await take("channel") == 3)
  }

  @Test
  func `Handlers tell channels apart by their UTF-16 units, as JavaScript does (S-37)`() async throws {
    for (index, channel) in distinctChannels.enumerated() { try add(channel, once: false, index) }
    for (index, channel) in distinctChannels.enumerated() { #expect(try await take(channel) == index) }
  }
}
