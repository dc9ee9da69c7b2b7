import MartletClone
import Testing

@testable import MartletIPC

@Suite("An envelope of a document")
@MainActor struct DocumentEnvelopeTests {
  private func sorted(_ kind: Envelope.Kind, _ value: CloneValue = ["channel"]) throws -> String {
    let envelope = try Envelope(bytes: Envelope.encode(kind, call: 7, value).joined())
    return switch DocumentEnvelope(envelope) {
    case .call(let call): "call \(call.kind) \(call.number) \(call.message?.channel ?? "-")"
    case .syncCall(let call): "blocked on \(call.kind) \(call.message?.channel ?? "-")"
    case .lifecycle(let state): "lifecycle \(state)"
    case .result(let script, let answer): "result \(script) \(answer)"
    case .unknown(let kind): "unknown \(kind)"
    }
  }

  @Test
  func
    `An envelope of a document is a call, a change of its document, or the result of a script, by its kind`()
    throws
  {
    #expect(try sorted(.send) == "call send 7 channel")
    #expect(try sorted(.invoke) == "call invoke 7 channel")
    #expect(try sorted(.postMessage) == "call postMessage 7 channel")
    #expect(try sorted(.sendSync) == "blocked on sendSync channel")
    #expect(try sorted(.invoke, "text") == "call invoke 7 -")
    #expect(try sorted(.evaluated, [true, 1]) == "result 7 [ true, 1 ]")
    #expect(try sorted(.domReady) == "lifecycle domReady")
    #expect(try sorted(.visibility, "visible") == "lifecycle visibility(isVisible: true)")
    #expect(try sorted(.visibility, "hidden") == "lifecycle visibility(isVisible: false)")
    #expect(try sorted(.unloading) == "lifecycle unloading")
    #expect(try sorted(.gone) == "lifecycle gone")
    #expect(try sorted(.opened) == "lifecycle reopened")
  }

  @Test
  func `An envelope of a document is unknown when only the main process, or a port, sends its kind`() throws {
    for kind: Envelope.Kind in [.message, .reply, .evaluate, .portMessage] {
      #expect(try sorted(kind) == "unknown \(kind.number)")
    }
    #expect(try sorted(Envelope.Kind(number: 255)) == "unknown 255")
  }
}
