// Tests typed events without a window, with a source of the test's own.

import Testing

@testable import Martlet

@Suite("Events")
struct EventTests {
  @Test
  func `Events reach their listeners in order, and a once listener a single time`() {
    let source = Emitter()
    var heard: [String] = []
    source.on(.number) { heard.append("first \($0)") }
    source.once(.number) { heard.append("once \($0)") }
    source.on(.number) { heard.append("last \($0)") }
    source.emit(.number, 1)
    source.emit(.number, 2)
    #expect(heard == ["first 1", "once 1", "last 1", "first 2", "last 2"])
  }

  @Test
  func `Events of one name with two payloads are two events`() {
    let source = Emitter()
    var heard: [String] = []
    source.on(.number) { heard.append("number \($0)") }
    source.on(.numberAsText) { heard.append("text \($0)") }
    source.emit(.number, 1)
    source.emit(.numberAsText, "one")
    #expect(heard == ["number 1", "text one"])
    #expect(source.hasListeners(.number))
    #expect(!source.hasListeners(.plain))
  }

  @Test
  func `Events reach no cancelled subscription, and cancelling twice does nothing`() {
    let source = Emitter()
    var heard = 0
    let subscription = source.on(.plain) { heard += 1 }
    source.on(.plain) { heard += 10 }
    source.emit(.plain)
    subscription.cancel()
    subscription.cancel()
    source.emit(.plain)
    #expect(heard == 21)
  }

  @Test
  func `Events reach the listeners that exist when they are emitted (S-21)`() {
    let source = Emitter()
    var heard: [String] = []
    var second: Subscription?
    source.on(.plain) {
      heard.append("first")
      second?.cancel()
      source.once(.plain) { heard.append("late") }
    }
    second = source.on(.plain) { heard.append("second") }
    source.emit(.plain)
    #expect(heard == ["first", "second"])
    source.emit(.plain)
    #expect(heard == ["first", "second", "first", "late"])
  }

  @Test
  func `An event is connected with its first listener, and disconnected with its last one`() {
    let source = Emitter()
    let first = source.on(.costly) {}
    let second = source.on(.costly) {}
    #expect(source.log == ["started"])
    first.cancel()
    #expect(source.log == ["started"])
    second.cancel()
    second.cancel()
    #expect(source.log == ["started", "stopped"])

    source.once(.costly) {}
    source.emit(.costly)
    #expect(source.log == ["started", "stopped", "started", "stopped"])
  }

  @Test
  func `An event is disconnected when its source ends, and never connected again`() async {
    let source = Emitter()
    source.on(.costly) {}
    source._events.end()
    #expect(source.log == ["started", "stopped"])
    var isHeard = false
    source.on(.costly) { isHeard = true }
    source.emit(.costly)
    #expect(source.log.count == 2 && !isHeard)
    for await _ in source.events(.costly) { Issue.record("an event after the end") }
  }

  @Test
  func `Events can be prevented by any of their listeners, for all of them`() {
    let source = Emitter()
    #expect(source.allows(.request, Emitter.Request()))
    var wasPrevented = false
    source.on(.request) { $0.preventDefault() }
    source.on(.request) { wasPrevented = $0.defaultPrevented }
    #expect(!source.allows(.request, Emitter.Request()))
    #expect(wasPrevented)
  }

  @Test
  func `Events are a sequence that begins with the call and ends with the source`() async {
    let source = Emitter()
    let numbers = source.events(.number)
    source.emit(.number, 1)
    source.emit(.number, 2)
    source._events.end()
    source.emit(.number, 3)
    var heard: [Int] = []
    for await number in numbers { heard.append(number) }
    #expect(heard == [1, 2])
  }

  @Test
  func `An event is disconnected when its last sequence is released`() async {
    let source = Emitter()
    do {
      let events = source.events(.costly)
      source.emit(.costly)
      #expect(source.log == ["started"])
      for await _ in events { break }
    }
    // The end of a sequence may be told on any thread, and comes to this one with its next turn.
    while source.log.count < 2 { await Task.yield() }
    #expect(source.log == ["started", "stopped"])
  }
}

private final class Emitter: EventSource {
  let _events = _EventTable()
  var log: [String] = []

  struct Request: PreventableEvent {
    let _prevention = _Prevention()
  }
}

extension Event where Source == Emitter, Payload == Void {
  fileprivate static var plain: Self { Self("plain") }
  fileprivate static var costly: Self {
    Self(
      "costly",
      start: { source in
        source.log.append("started")
        return Subscription { source.log.append("stopped") }
      })
  }
}

extension Event where Source == Emitter, Payload == Int {
  fileprivate static var number: Self { Self("number") }
}

extension Event where Source == Emitter, Payload == String {
  fileprivate static var numberAsText: Self { Self("number") }
}

extension Event where Source == Emitter, Payload == Emitter.Request {
  fileprivate static var request: Self { Self("request") }
}
