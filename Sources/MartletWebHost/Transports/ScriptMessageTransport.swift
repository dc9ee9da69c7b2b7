// Envelopes as base64 text: up by the script message handler `martlet` of the preload's world, down by
// calling that world's `martletReceive` with the text as an argument, synchronous calls by the private
// scheme. Two carriers up can overtake each other, so the gate puts envelopes back into the order of their
// calls.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletIPC
internal import MartletClone

final class ScriptMessageTransport: RendererTransport {
  /// The document that it carries the envelopes of.
  private weak var receiver: (any EnvelopeReceiver)?
  /// The page's host has it.
  private weak var view: GObjectRef?
  private let world: String
  private let document: String
  private var gate = SequenceGate<(Envelope, SyncReply?)>()
  private var isOpen = true

  /// - Parameter token: Names the document.
  init(view: GObjectRef, world: String, token: String, of document: any EnvelopeReceiver) {
    self.view = view
    self.world = world
    self.document = token
    receiver = document
  }

  /// Ports cannot go this way: those that come are let go of, and their other ends hear of it.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    guard isOpen, let view else { throw .closed }
    if !ports.isEmpty { Log.warning("a message port cannot be sent by script messages: it is closed") }
    // WebKit reads the arguments before it returns, and does not take a floating reference over.
    let arguments = g_variant_ref_sink(
      newVariant(strings: [("document", document), ("envelope", base64(envelope.joined()))]))
    defer { g_variant_unref(arguments) }
    webkit_web_view_call_async_javascript_function(
      view.pointer(), "martletReceive(document, envelope)", -1, arguments, world, "martlet:receive", nil, nil,
      nil)
  }

  /// Takes an envelope that came by script message, without the document's token.
  func receive(text: String) {
    guard let bytes = bytes(base64: text) else { return violate(EnvelopeError("text that is not base64")) }
    admit(bytes, reply: nil)
  }

  /// Takes an envelope that came by the private scheme; `answer` gets the reply envelope.
  func receiveSync(_ bytes: [UInt8], answer: @escaping @MainActor (EncodedEnvelope) -> Void) {
    admit(bytes, reply: SyncReply(collector: .onMainLoop, answer))
  }

  private func admit(_ bytes: [UInt8], reply: SyncReply?) {
    guard isOpen else { return }
    do {
      let envelope = try Envelope(bytes: bytes, collector: .onMainLoop)
      guard
        let passing = gate.admit(
          (envelope, reply), sequence: envelope.sequence, size: bytes.count)
      else {
        return violate(EnvelopeError("envelope number \(envelope.sequence) again or out of all order"))
      }
      for (envelope, reply) in passing where isOpen { receiver?.receive(envelope, reply) }
    } catch {
      violate(error)
    }
  }

  private func violate(_ error: EnvelopeError) {
    end("it sent \(error)")
  }

  /// A synchronous call comes with its reply: the request of the private scheme.
  func syncReply(on socket: OwnedDescriptor?) -> SyncReply? { nil }

  /// Script messages come the way that everything else of the page comes: nothing is late.
  func drain(until end: Int) {}

  /// WebKit refuses synchronous requests by then.
  func startLeaving() {}

  func leave() {
    end(nil)
  }

  func end(_ violation: String?) {
    guard isOpen else { return }
    isOpen = false
    gate = SequenceGate()
    receiver?.receivedEnd(violation)
  }
}
