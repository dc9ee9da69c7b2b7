import MartletClone
import Testing

@testable import MartletIPC

@Suite("A message")
@MainActor struct MessageRoutingTests {
  private let page = FakePage()
  private let document = FakeDocument()

  /// Adds a listener for a channel to every emitter, the widest first, and records which ones are called.
  private func listenEverywhere(_ channel: String, _ note: @escaping (String) -> Void) {
    for (name, emitter) in page.emitters.reversed() {
      emitter.on(channel) { _, arguments in
        note("\(name) \(try arguments.values().map(\.description).joined())")
      }
    }
  }

  @Test
  func `S-01 S-02 IPC-50 A message goes to the event, the frame, the page and the app, in this order`()
    throws
  {
    var heard: [String] = []
    page.onMessage = { channel, _, isSync in heard.append("event \(channel) \(isSync)") }
    listenEverywhere("channel") { heard.append($0) }
    try page.send("channel", 1, .undefined, from: document)
    #expect(heard == ["event channel false", "frame 1undefined", "page 1undefined", "app 1undefined"])
    #expect(document.problems.isEmpty && document.replies.isEmpty)
  }

  @Test
  func `IPC-47 IPC-54 IPC-55 S-04 A message of sendSync goes the same way, with an event that can answer`()
    throws
  {
    var heard: [String] = []
    page.onMessage = { channel, event, isSync in
      heard.append("event \(channel) \(isSync)")
      event.reply?.succeed("of the event")
    }
    listenEverywhere("channel") { heard.append($0) }
    let answer = try page.sendSync("channel", 2, from: document)
    #expect(heard == ["event channel true", "frame 2", "page 2", "app 2"])
    #expect(answer.value.description == "'of the event'")
  }

  @Test
  func `S-05 S-46 A message of postMessage goes the same way with its ports, and without an event`() throws {
    var heard: [String] = []
    page.onMessage = { _, _, _ in Issue.record("an event") }
    for (name, emitter) in page.emitters {
      emitter.on("channel") { event, arguments in
        let values = try arguments.values().map(\.description).joined()
        heard.append("\(name) \(values) \(event.ports.count)")
      }
    }
    let (near, far) = try #require(OwnedDescriptor.pair())
    try page.postMessage("channel", "hi", ports: [far], from: document)
    #expect(heard == ["frame 'hi' 1", "page 'hi' 1", "app 'hi' 1"])
    withExtendedLifetime(near) {}
    page.onMessage = nil
    try page.send("channel", "hi", from: document)
    #expect(heard.last == "app 'hi' 0")
  }

  @Test
  func
    `S-07 S-08 A message without a listener is dropped, and its ports are closed`()
    throws
  {
    var pair = OwnedDescriptor.pair()
    let lane = Lane(pair!.0)
    try page.postMessage("late", "before", ports: [pair!.1], from: document)
    pair = nil
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Lane.packetLimit, alignment: 16)
    defer { buffer.deallocate() }
    guard case .end = try lane.receive(into: buffer) else { return #expect(Bool(false), "it is open") }
    try page.send("late", "before", from: document)
    var heard: [String] = []
    listenEverywhere("late") { heard.append($0) }
    #expect(heard.isEmpty)
    try page.send("late", "after", from: document)
    #expect(heard == ["frame 'after'", "page 'after'", "app 'after'"])
  }

  @Test
  func `S-06 IPC-10 IPC-11 A message is heard in the order of the calls, whatever their kind`() throws {
    var heard: [Int] = []
    page.app.on("number") { event, arguments in
      heard.append(try Int.decode(from: arguments.values().first ?? .undefined))
      event.reply?.succeed(.null)
    }
    try page.app.handle("number") { _, arguments in
      heard.append(try Int.decode(from: arguments.values().first ?? .undefined))
      return .null
    }
    for number in 0..<99 {
      switch number % 3 {
      case 0: try page.send("number", .number(Double(number)), from: document)
      case 1: _ = try page.sendSync("number", .number(Double(number)), from: document)
      default: try page.invoke("number", .number(Double(number)), from: document)
      }
    }
    #expect(heard == Array(0..<99))
  }

  @Test
  func `S-20 S-21 IPC-46 A message reaches the present listeners, and once hears one`() throws {
    var heard: [String] = []
    page.page.on("channel", once: true) { [page] _, _ in
      heard.append("once")
      page.page.on("channel") { _, _ in heard.append("added") }
    }
    page.page.on("channel") { _, _ in heard.append("on") }
    try page.send("channel", from: document)
    #expect(heard == ["once", "on"])
    try page.send("channel", from: document)
    #expect(heard == ["once", "on", "on", "added"])
  }

  @Test
  func `MAIN-05 MAIN-06 S-22 A message reaches no removed listener, of its channel or of all`() throws {
    var heard: [String] = []
    for channel in ["one", "two"] { page.app.on(channel) { _, _ in heard.append(channel) } }
    page.app.listeners.removeAll("one")
    for channel in ["one", "two"] { try page.send(.string(CloneString(channel)), from: document) }
    #expect(heard == ["two"])
    page.app.listeners.removeAll()
    for channel in ["one", "two"] { try page.send(.string(CloneString(channel)), from: document) }
    #expect(heard == ["two"])
  }

  @Test
  func `S-24 A message on the channel error is delivered like any other`() throws {
    try page.send("error", "nobody listens", from: document)
    var heard = 0
    page.app.on("error") { _, _ in heard += 1 }
    try page.send("error", 1, from: document)
    #expect(heard == 1)
  }

  @Test
  func `S-25 A message that a listener cannot take is logged, and stops no other listener`() throws {
    var heard: [String] = []
    page.frame.on("channel") { _, arguments in
      var reader = try ArgumentReader(arguments)
      _ = try reader.next(Int.self)
    }
    listenEverywhere("channel") { heard.append($0) }
    try page.send("channel", "text", from: document)
    #expect(heard == ["frame 'text'", "page 'text'", "app 'text'"])
    guard case .skippedListener(let line)? = document.problems.first else {
      return #expect(Bool(false), "\(document.problems)")
    }
    #expect(line == "Listener for 'channel' skipped: argument 0: expected Int, got string 'text'")
  }

  @Test
  func `S-37 A message is for the channel with the same UTF-16 units`() throws {
    var heard: [String] = []
    let channels = ["", "__proto__", "é", "e\u{301}", String(repeating: "x", count: 100_000), "\u{FFFD}"]
    for (index, channel) in channels.enumerated() {
      page.app.on(channel) { _, _ in heard.append("\(index)") }
      try page.send(.string(CloneString(channel)), from: document)
    }
    #expect(heard == channels.indices.map(String.init))
    page.onMessage = { _, _, _ in Issue.record("an event") }
    try page.send(.string(CloneString(utf16: [0xD800])), from: document)
    #expect(heard.count == channels.count)
  }

  @Test
  func `A message of an untrusted document reaches no listener and is logged`() throws {
    document.isTrusted = false
    page.onMessage = { _, _, _ in Issue.record("an event") }
    listenEverywhere("channel") { _ in Issue.record("a listener") }
    try page.app.handle("channel") { _, _ in "a secret" }
    try page.send("channel", from: document)
    let answer = try page.sendSync("channel", from: document)
    try page.invoke("channel", call: 9, from: document)
    #expect(answer.failure == "reply was never sent")
    #expect(document.onlyFailure == "Error: No handler registered for 'channel'")
    #expect(document.problems.count { if case .untrusted = $0 { true } else { false } } == 3)
  }

  @Test
  func `A message without a channel is dropped and logged`() throws {
    for value: CloneValue in [.null, [], [1], "text"] { try page.receive(.send, value, from: document) }
    #expect(document.problems.count { if case .noChannel = $0 { true } else { false } } == 4)
    #expect(document.replies.isEmpty)
  }
}
