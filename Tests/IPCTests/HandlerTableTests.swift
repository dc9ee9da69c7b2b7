import MartletIPC
import Testing

@Suite("Handlers")
struct HandlerTableTests {
  @Test("answer every call until they are removed")
  func persistent() throws {
    var table = HandlerTable<Int>()
    try table.add("channel", once: false, 1)
    #expect(table.take("channel") == 1)
    #expect(table.take("channel") == 1)
    table.remove("channel")
    #expect(table.take("channel") == nil)
  }

  @Test("are one to a channel: a second one is an error and the first one stays (S-27)")
  func duplicate() throws {
    var table = HandlerTable<Int>()
    try table.add("it's", once: false, 1)
    let error = #expect(throws: DuplicateHandler.self) { try table.add("it's", once: true, 2) }
    #expect(
      error?.description
        == "Attempted to register a second handler for 'it's': call removeHandler first to replace it")
    #expect(error?.channel == "it's")
    #expect(table.take("it's") == 1)
  }

  @Test("can be removed where there are none, and added again after (S-27)")
  func removal() throws {
    var table = HandlerTable<Int>()
    table.remove("channel")
    try table.add("channel", once: false, 1)
    table.remove("channel")
    try table.add("channel", once: false, 2)
    #expect(table.take("channel") == 2)
  }

  @Test("of one call only are gone before they run: the call that overlaps finds none (S-28)")
  func once() throws {
    var table = HandlerTable<Int>()
    try table.add("channel", once: true, 1)
    #expect(throws: DuplicateHandler.self) { try table.add("channel", once: true, 2) }
    #expect(table.take("channel") == 1)
    #expect(table.take("channel") == nil)
    try table.add("channel", once: true, 3)
    #expect(table.take("channel") == 3)
  }

  @Test("tell channels apart by their units, as JavaScript does (S-37)")
  func anyChannel() throws {
    var table = HandlerTable<Int>()
    for (index, channel) in distinctChannels.enumerated() { try table.add(channel, once: false, index) }
    for (index, channel) in distinctChannels.enumerated() { #expect(table.take(channel) == index) }
  }
}
