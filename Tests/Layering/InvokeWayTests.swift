// The path of an invoke, file by file, from the page to the app's handler and back. docs/architecture.md
// shows it.

import Foundation
import Testing

/// One file on the path, with the function that the previous file calls and the one that it calls itself.
private struct Station: Sendable {
  let file: String
  /// The declaration through which an invoke enters.
  let entry: String
  /// The call that leads to the next station; nil when code of the app, or the kernel, is in between.
  let next: String?

  init(_ file: String, _ entry: String, _ next: String?) {
    self.file = file
    self.entry = entry
    self.next = next
  }
}

/// The files that the call's bytes, or its value, pass through. The list leaves out tables that are only
/// read, events, the codecs, the conversion and copying of single values, and the adaptive wait.
private let toHandler = [
  Station("Resources/bridge/membrane/calls.js", "makeInvoke = end", nil),  // the app's preload
  Station("Resources/bridge/ipc-renderer.js", "async invoke (", "#transport.post("),
  Station("Resources/bridge/lane/lane-transport.js", "post (kind, call", "= send(this.#native"),
  Station("Resources/bridge/lane/envelope.js", "function send (native", "native.sendShort("),
  Station("Sources/MartletRenderer/Lane/LaneFunctions.swift", "\"sendShort\"", "lane.send(short: "),
  Station("Sources/MartletRenderer/Lane/Lane.swift", "func send(short ", "sender.send(short: "),
  Station("Sources/MartletPackets/PacketSender.swift", "func send(short ", "martlet_wire_send("),
  Station("Sources/CMartletWire/wire.c", "int martlet_wire_send(", nil),  // the kernel
  Station("Sources/MartletWebHost/Transports/LaneSource.swift", "func receive(urgently", ".receive(into: "),
  Station("Sources/MartletIPC/Lane/Lane.swift", "func receive(into ", nil),  // returned to LaneSource
  Station(
    "Sources/MartletWebHost/Documents/RendererDocument.swift", "func receive(_ envelope", ".receive(call, "),
  Station(
    "Sources/MartletIPC/Router/IpcRouter.swift", "func receive(_ call", "handler(event, message.arguments)"),
  Station("Sources/Martlet/IPC/IpcMain.swift", ".returning { event, arguments in", nil),  // the app's handler
]

private let fromHandler = [
  Station("Sources/MartletIPC/Router/InvokeReply.swift", "func succeed(", "document.send(envelope, "),
  Station(
    "Sources/MartletWebHost/Documents/RendererDocument.swift", "func send(_ envelope", "transport.send("),
  Station(
    "Sources/MartletWebHost/Transports/LaneSource.swift", "func send(_ envelope", "socket.send(envelope)"),
  Station("Sources/MartletIPC/Lane/Lane.swift", "func send(_ envelope", "sender.send(short: "),
  Station("Sources/MartletPackets/PacketSender.swift", "func send(short ", "martlet_wire_send("),
  Station("Sources/CMartletWire/wire.c", "int martlet_wire_send(", nil),  // the kernel
  Station("Sources/MartletRenderer/Lane/Lane.swift", "func receive()", "document.deliver("),
  Station(
    "Sources/MartletRenderer/Lane/DocumentLanes.swift", "func deliver(", "jsc_value_function_callv(receive"),
  Station("Resources/bridge/lane/lane-transport.js", "deliverPacket = ", "decode("),
  Station("Resources/bridge/lane/envelope.js", "function decode (", nil),  // returned to the transport
  Station("Resources/bridge/ipc-renderer.js", "#settle (call", "pending.resolve("),
]

@Suite("The path of an invoke")
struct InvokeWayTests {
  private static let files = (toHandler + fromHandler).map(\.file)

  @Test
  func `An invoke passes at most fifteen files besides the codecs and the copying of the membrane`() throws {
    #expect(Set(Self.files).count <= 15)
    for file in Set(Self.files) {
      #expect(try Repository.text(file).split(separator: "\n").count <= 400, "\(file)")
    }
  }

  @Test func `Each file of the list has its entry, and calls the entry of the next`() throws {
    for station in toHandler + fromHandler {
      let text = try Repository.text(station.file)
      #expect(text.contains(station.entry), "\(station.file) has no \(station.entry)")
      if let next = station.next { #expect(text.contains(next), "\(station.file) does not call \(next)") }
    }
  }

  @Test func `The list in docs/architecture.md is the same`() throws {
    let architecture = try Repository.text("docs/architecture.md")
    let listed = try #require(
      architecture.firstMatch(of: /(?s)<!-- invoke-files -->(.*?)<!-- \/invoke-files -->/)?.1)
    let names = listed.matches(of: /`((?:Sources|Resources)\/[^`]+)`/).map { String($0.1) }
    var seen: Set<String> = []
    #expect(names == Self.files.filter { seen.insert($0).inserted })
  }
}
