import MartletClone
import Testing

@testable import MartletIPC

@Suite("A call of invoke")
@MainActor struct InvokeRoutingTests {
  private let page = FakePage()
  private let document = FakeDocument()

  private struct Quota: IpcError {
    var name: String { "QuotaError" }
    var message: String { "no room left" }
    var code: ErrorCode { "E_QUOTA" }
    var data: CloneValue? { ["used": 10] }
  }

  private struct Silent: IpcError {
    var name: String { "" }
    var message: String { "" }
    var code: ErrorCode { .none }
  }

  @Test
  func `S-03 A call of invoke is answered by the nearest emitter with a handler, and only by it`() throws {
    for (name, emitter) in page.emitters {
      try emitter.handle("who", once: true) { _, _ in .string(CloneString(name)) }
    }
    for call: UInt32 in 1...4 { try page.invoke("who", call: call, from: document) }
    #expect(document.replies.map(\.value.description).prefix(3) == ["'frame'", "'page'", "'app'"])
    #expect(document.replies.map(\.call) == [1, 2, 3, 4])
    #expect(!document.replies[3].isSuccess)
  }

  @Test
  func `IPC-01 IPC-02 S-29 A call of invoke resolves with the result, at once or later, or undefined`()
    async throws
  {
    try page.app.handle("add") { _, arguments in
      var reader = try ArgumentReader(arguments)
      return .number(Double(try reader.next(Int.self) + reader.next(Int.self)))
    }
    try page.app.handle("later") { _, _ in
      await Task.yield()
      return .undefined
    }
    try page.invoke("add", 1, 2, call: 7, from: document)
    #expect(document.onlyValue == "3")
    #expect(document.replies[0].call == 7)
    try page.invoke("later", call: 8, from: document)
    #expect(document.replies.count == 1)
    while document.replies.count < 2 { await Task.yield() }
    #expect(document.replies[1].isSuccess && document.replies[1].value.isUndefined)
  }

  @Test
  func `IPC-03 IPC-04 S-30 A call of invoke rejects with the error of the handler, its name, code and data`()
    throws
  {
    try page.app.handle("throw") { _, _ in throw Quota() }
    try page.invoke("throw", from: document)
    #expect(document.onlyFailure == "QuotaError: no room left")
    let value = document.replies[0].value
    #expect(
      [value["name"], value["code"], value["data"]].map(\.description)
        == ["'QuotaError'", "'E_QUOTA'", "{ used: 10 }"])
    guard case .failedHandler("throw", let failure)? = document.problems.first else {
      return #expect(Bool(false), "\(document.problems)")
    }
    #expect(failure.detail == "QuotaError: no room left")
  }

  @Test
  func `S-30 A call of invoke rejects with the wrong argument and its value`() throws {
    try page.app.handle("add") { _, arguments in
      var reader = try ArgumentReader(arguments)
      return .number(Double(try reader.next(Int.self) + reader.next(Int.self)))
    }
    try page.invoke("add", 1, "two", from: document)
    #expect(document.onlyFailure == "TypeError: argument 1: expected Int, got string 'two'")
  }

  @Test
  func `S-34 A call of invoke rejects when the error has no text, too`() throws {
    try page.app.handle("throw") { _, _ in throw Silent() }
    try page.invoke("throw", from: document)
    #expect(document.onlyFailure == "")
  }

  @Test
  func `IPC-05 IPC-06 IPC-07 S-27 S-31 A call of invoke rejects without a handler, and when it was removed`()
    throws
  {
    try page.invoke("nobody", from: document)
    #expect(document.onlyFailure == "Error: No handler registered for 'nobody'")
    try page.app.handle("somebody") { _, _ in 1 }
    #expect(throws: DuplicateHandler.self) { try page.app.handle("somebody") { _, _ in 2 } }
    page.app.removeHandler("somebody")
    page.app.removeHandler("never there")
    try page.invoke("somebody", from: document)
    #expect(document.replies.allSatisfy { !$0.isSuccess })
    try page.app.handle("somebody") { _, _ in 2 }
    try page.invoke("somebody", from: document)
    #expect(document.replies.last?.value.description == "2")
  }

  @Test
  func `S-28 A call of invoke finds no handler while the handler of handleOnce runs`() async throws {
    let gate = Gate()
    try page.app.handle("once", once: true) { _, _ in
      await gate.wait()
      throw Silent()
    }
    try page.invoke("once", call: 1, from: document)
    try page.invoke("once", call: 2, from: document)
    #expect(document.replies.map(\.call) == [2])
    #expect(document.onlyFailure == "Error: No handler registered for 'once'")
    gate.open()
    while document.replies.count < 2 { await Task.yield() }
    #expect(document.replies[1].call == 1)
  }

  @Test
  func `IPC-08 S-32 A call of invoke rejects when its reply is released, at once or later`() throws {
    var kept: [InvokeReply] = []
    try page.app.handle("let-go", once: false, .replying { _, _, _ in })
    try page.app.handle("keep", once: false, .replying { _, reply, _ in kept.append(reply) })
    try page.invoke("let-go", from: document)
    #expect(document.onlyFailure == "reply was never sent")
    try page.invoke("keep", call: 5, from: document)
    #expect(document.replies.count == 1)
    kept = []
    #expect(document.replies.map(\.call) == [1, 5])
  }

  @Test
  func `A call of invoke is answered once, whenever its reply is given`() throws {
    var kept: [InvokeReply] = []
    try page.app.handle("keep", once: false, .replying { _, reply, _ in kept.append(reply) })
    try page.invoke("keep", from: document)
    #expect(!kept[0].isAnswered)
    kept[0].succeed(5)
    kept[0].fail(Quota())
    kept[0].succeed(6)
    #expect(kept[0].isAnswered && document.onlyValue == "5")
    try page.invoke("keep", call: 2, from: document)
    kept[1].fail(Quota())
    kept[1].succeed(6)
    kept = []
    #expect(document.replies.map(\.isSuccess) == [true, false])
  }

  @Test
  func `S-33 A call of invoke rejects when the result cannot be cloned`() throws {
    try page.app.handle("uncloneable") { _, _ in uncloneable() }
    try page.invoke("uncloneable", from: document)
    #expect(document.onlyFailure == "Error: An object could not be cloned.")
  }

  @Test
  func `S-35 A call of invoke waits for no other: 10,000 are pending at once, in any order`() throws {
    var waiting: [(number: Double, reply: InvokeReply)] = []
    try page.app.handle(
      "wait", once: false,
      .replying { _, reply, arguments in
        waiting.append((try Double.decode(from: arguments.values().first ?? .undefined), reply))
      })
    let all = 10_000
    for number in 0..<all {
      try page.invoke("wait", .number(Double(number)), call: UInt32(number), from: document)
    }
    #expect(document.replies.isEmpty)
    #expect(waiting.map(\.number) == (0..<all).map(Double.init), "handlers start in order")
    for waiter in waiting.shuffled() { waiter.reply.succeed(waiter.number) }
    #expect(document.replies.count == all)
    #expect(document.replies.allSatisfy { $0.value.isEquivalent(to: .number(Double($0.call))) })
    #expect(document.replies.map(\.call) != document.replies.map(\.call).sorted())
  }

  @Test
  func `S-36 A call of invoke whose document has ended runs to its end, without effect`()
    async throws
  {
    let gate = Gate()
    var isFinished = false
    try page.app.handle("wait") { _, _ in
      await gate.wait()
      isFinished = true
      return 1
    }
    try page.invoke("wait", from: document)
    document.isGone = true
    gate.open()
    while !isFinished { await Task.yield() }
    await Task.yield()
    #expect(document.replies.isEmpty && document.problems.isEmpty)
  }

  @Test
  func `A call of invoke rejects when the system has no memory left for the answer`() throws {
    try page.app.handle("long") { _, _ in "long" }
    document.failures = [.exhausted]
    try page.invoke("long", from: document)
    #expect(document.replies.first?.value["code"].description == "'ERR_OUT_OF_MEMORY'")
    guard case .failedHandler("long", _)? = document.problems.first else {
      return #expect(Bool(false), "\(document.problems)")
    }
  }

  @Test
  func `A call of invoke is refused when too many of its page are pending, and another page's is not`() throws
  {
    var kept: [InvokeReply] = []
    let hold = FakePage.Emitter.Handler.replying { _, reply, _ in kept.append(reply) }
    try page.app.handle("hold", once: false, hold)
    func call(_ number: UInt32) -> IpcCall {
      IpcCall(.invoke, IpcMessage(["hold"]), number: number, footprint: 250 << 20)
    }
    for number: UInt32 in 1...5 { page.router.receive(call(number), from: document, nil) }
    #expect(kept.count == 4)
    #expect(document.replies.map(\.call) == [5])
    #expect(document.replies[0].value["code"].description == "'ERR_IPC_TOO_MUCH_UNANSWERED'")
    guard case .tooManyUnanswered? = document.problems.first else {
      return #expect(Bool(false), "\(document.problems)")
    }
    let other = FakePage()
    try other.app.handle("hold", once: false, hold)
    other.router.receive(call(1), from: document, nil)
    #expect(kept.count == 5)
    kept[0].succeed()
    page.router.receive(call(6), from: document, nil)
    #expect(kept.count == 6)
    kept.forEach { $0.succeed() }
  }

  @Test
  func `S-37 A call of invoke reaches no listener of the same channel`() throws {
    page.app.on("channel") { _, _ in Issue.record("a listener") }
    try page.invoke("channel", from: document)
    #expect(document.onlyFailure == "Error: No handler registered for 'channel'")
  }
}

/// Suspends a task until the gate is opened.
@MainActor private final class Gate {
  private var isOpen = false
  private var waiting: CheckedContinuation<Void, Never>?

  func wait() async {
    if !isOpen { await withCheckedContinuation { waiting = $0 } }
  }

  func open() {
    isOpen = true
    waiting?.resume()
    waiting = nil
  }
}
