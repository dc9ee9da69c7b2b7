import MartletClone
import Testing

@testable import MartletIPC

@Suite("A call of sendSync")
@MainActor struct SyncRoutingTests {
  private let page = FakePage()
  private let document = FakeDocument()

  @Test
  func `S-38 MAIN-02 A call of sendSync returns the first value that any listener assigns, in any emitter`()
    throws
  {
    for (name, emitter) in page.emitters {
      emitter.on("who") { event, _ in event.reply?.succeed(.string(CloneString(name))) }
    }
    #expect(try page.sendSync("who", from: document).value.description == "'frame'")
    page.app.on("null") { event, _ in event.reply?.succeed(.null) }
    page.app.on("null") { event, _ in event.reply?.succeed("second") }
    let answer = try page.sendSync("null", from: document)
    #expect(answer.isThere && answer.value.description == "null")
    #expect(document.problems.isEmpty)
  }

  @Test
  func `S-39 S-42 A call of sendSync waits for a listener that keeps its event, and holds up no other call`()
    throws
  {
    var kept: [FakePage.MessageEvent] = []
    page.app.on("keep") { event, _ in kept.append(event) }
    page.app.on("now") { event, _ in event.reply?.succeed(2) }
    let first = try page.sendSync("keep", from: document)
    #expect(!first.isThere)
    #expect(try page.sendSync("now", from: FakeDocument()).value.description == "2")
    #expect(!first.isThere)
    kept.removeFirst().reply?.succeed("at last")
    #expect(first.value.description == "'at last'")
  }

  @Test
  func `S-40 A call of sendSync fails at once when no listener keeps it`() throws {
    page.app.on("let-go") { _, _ in }
    #expect(try page.sendSync("let-go", from: document).failure == "reply was never sent")
    #expect(document.problems.isEmpty)
    #expect(try page.sendSync("nobody", from: document).failure == "reply was never sent")
    guard case .unheard(channel: "nobody")? = document.problems.first else {
      return #expect(Bool(false), "\(document.problems)")
    }
  }

  @Test
  func `A call of sendSync fails with its wrong argument, unless another listener takes it`() throws {
    page.app.on("double") { event, arguments in
      var reader = try ArgumentReader(arguments)
      event.reply?.succeed(.number(try reader.next(Double.self) * 2))
    }
    #expect(
      try page.sendSync("double", "x", from: document).failure
        == "reply was never sent: Listener for 'double' skipped: argument 0: expected Double, got string 'x'")
    page.app.on("double") { event, _ in event.reply?.succeed("taken") }
    #expect(try page.sendSync("double", "x", from: document).value.description == "'taken'")
  }

  @Test
  func `A call of sendSync cuts a long channel in its error`() throws {
    let channel = String(repeating: "é", count: 100_000)
    page.app.on(channel) { _, _ in throw EnvelopeError("no") }
    let failure = try page.sendSync(.string(CloneString(channel)), from: document).failure
    #expect(try #require(failure).utf8.count < 700)
  }

  @Test
  func `S-41 A call of sendSync whose document has ended is answered without effect`() throws {
    page.app.on("keep") { event, _ in event.document.isGone = true }
    #expect(try page.sendSync("keep", from: document).failure == "reply was never sent")
    #expect(document.replies.isEmpty)
  }

  @Test
  func `A call of sendSync without a channel fails`() throws {
    let answer = try page.sendSync(from: document)
    #expect(answer.failure == "reply was never sent")
  }
}
