import MartletIPC
import Testing

@Suite("Listeners")
struct ListenerTableTests {
  @Test
  func `Listeners run in the order they were added, and twice when added twice (S-20)`() {
    var table = ListenerTable<String>()
    for listener in ["a", "b", "a"] { _ = table.add("channel", once: false, listener) }
    #expect(table.take("channel") == ["a", "b", "a"])
    #expect(table.take("channel") == ["a", "b", "a"])
    #expect(table.count("channel") == 3)
  }

  @Test
  func `Listeners beyond ten on a channel are reported once (S-26)`() {
    var table = ListenerTable<String>()
    var found: [Int] = []
    for number in 1...30 {
      _ = table.add("channel", once: number % 2 == 0, "a")
      if table.isNewlyCrowded("channel") { found.append(number) }
    }
    #expect(found == [11])
    for number in 1...12 {
      _ = table.add("another", once: false, "b")
      if table.isNewlyCrowded("another") { found.append(number) }
    }
    #expect(found == [11, 11])
  }

  @Test
  func `Listeners are removed one at a time, by the number they were given (S-20)`() {
    var table = ListenerTable<String>()
    let first = table.add("channel", once: false, "a")
    let second = table.add("channel", once: false, "a")
    #expect(first != second)
    _ = table.add("channel", once: false, "b")
    table.remove("channel", id: second)
    #expect(table.take("channel") == ["a", "b"])
    table.remove("channel", id: first)
    #expect(table.take("channel") == ["b"])
  }

  @Test
  func `Listeners that were never added can be removed without an effect (S-20)`() {
    var table = ListenerTable<String>()
    let id = table.add("channel", once: false, "a")
    table.remove("channel", id: id + 1)
    table.remove("other", id: id)
    #expect(table.take("channel") == ["a"])
    table.remove("channel", id: id)
    table.remove("channel", id: id)
    #expect(table.take("channel").isEmpty)
  }

  @Test
  func `Listeners added or removed during an emit count from the next one on (S-21)`() {
    var table = ListenerTable<String>()
    let first = table.add("channel", once: false, "a")
    _ = table.add("channel", once: false, "b")
    var run: [String] = []
    for listener in table.take("channel") {
      run.append(listener)
      table.remove("channel", id: first)
      if listener == "a" { _ = table.add("channel", once: false, "c") }
    }
    #expect(run == ["a", "b"])
    #expect(table.take("channel") == ["b", "c"])
  }

  @Test
  func `Listeners of one emit are removed before they run (S-21)`() {
    var table = ListenerTable<String>()
    _ = table.add("channel", once: false, "always")
    _ = table.add("channel", once: true, "once")
    _ = table.add("channel", once: true, "once more")
    #expect(table.take("channel") == ["always", "once", "once more"])
    #expect(table.take("channel") == ["always"])
  }

  @Test
  func `Listeners of one emit can be removed before the emit`() {
    var table = ListenerTable<String>()
    let id = table.add("channel", once: true, "once")
    table.remove("channel", id: id)
    #expect(table.take("channel").isEmpty)
  }

  @Test
  func `Listeners can be removed all at once, of one channel or of every one (S-22)`() {
    var table = ListenerTable<String>()
    for channel in ["a", "a", "b", "c"] { _ = table.add(channel, once: false, channel) }
    table.removeAll("a")
    table.removeAll("unknown")
    #expect(table.channels == ["b", "c"])
    table.removeAll()
    #expect(table.channels.isEmpty)
    #expect(table.count("b") == 0)
  }

  @Test
  func `Listeners have their channels listed in the order of each channel's first listener (S-23)`() {
    var table = ListenerTable<Int>()
    let names = (0..<100).map { "channel \($0)" }
    for name in names + names.reversed() { _ = table.add(name, once: false, 0) }
    #expect(table.channels == names)

    var short = ListenerTable<Int>()
    let id = short.add("on", once: false, 0)
    _ = short.add("once", once: true, 0)
    short.remove("on", id: id)
    _ = short.take("once")
    #expect(short.channels.isEmpty)
  }

  @Test
  func `Listeners tell channels apart by their UTF-16 units, as JavaScript does (S-37)`() {
    var table = ListenerTable<Int>()
    for (index, channel) in distinctChannels.enumerated() { _ = table.add(channel, once: false, index) }
    for (index, channel) in distinctChannels.enumerated() { #expect(table.take(channel) == [index]) }
    #expect(table.channels.map { Array($0.utf8) } == distinctChannels.map { Array($0.utf8) })
  }
}

/// Any text is a channel; the last two pairs look alike and are equal as Swift strings.
let distinctChannels = [
  "", " ", "\0", "__proto__", "constructor", "error", "ключ", "👩‍💻", String(repeating: "x", count: 1 << 20),
  "\u{E9}", "e\u{301}", "\u{212B}", "\u{C5}",
]
