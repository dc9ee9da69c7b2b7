// Envelopes as base64 text. Upward: the script message handler `martlet` of the preload's world. Downward: a
// call of that world's `martletReceive` with the text as an argument. Synchronous calls: the private scheme.
// The two upward carriers can overtake each other, so the gate restores the order of calls.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletIPC
internal import MartletClone

final class ScriptMessageTransport: RendererTransport {
  /// The document whose envelopes this carries.
  private weak var receiver: (any EnvelopeReceiver)?
  /// Weak because the page's host owns the view.
  private weak var view: GObjectRef?
  private let world: String
  private let document: String
  private var gate = SequenceGate<(Envelope, SyncReply?)>()
  private var isOpen = true

  /// - Parameter token: Identifies the document.
  init(view: GObjectRef, world: String, token: String, of document: any EnvelopeReceiver) {
    self.view = view
    self.world = world
    self.document = token
    receiver = document
  }

  /// This transport cannot carry ports: they are closed, and their other ends see that.
  func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor]) throws(SendError) {
    guard isOpen, let view else { throw .closed }
    if !ports.isEmpty {
      Log.warning("closed a message port: script messages (MARTLET_TRANSPORT) cannot carry ports")
    }
    // WebKit reads the arguments before it returns, and does not take a floating reference over.
    let arguments = g_variant_ref_sink(
      newVariant(strings: [("document", document), ("envelope", base64(envelope.joined()))]))
    defer { g_variant_unref(arguments) }
    webkit_web_view_call_async_javascript_function(
      view.pointer(), "martletReceive(document, envelope)", -1, arguments, world, "martlet:receive", nil, nil,
      nil)
  }

  /// Receives an envelope that came as a script message, without the document's token.
  func receive(text: String) {
    guard let bytes = bytes(base64: text) else {
      return violate(EnvelopeError("script message is not base64"))
    }
    admit(bytes, reply: nil)
  }

  /// Receives an envelope that came by the private scheme; `answer` gets the reply envelope.
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
        return violate(EnvelopeError("sequence number \(envelope.sequence) is repeated or out of order"))
      }
      for (envelope, reply) in passing where isOpen { receiver?.receive(envelope, reply) }
    } catch {
      violate(error)
    }
  }

  private func violate(_ error: EnvelopeError) {
    end("invalid envelope: \(error)")
  }

  /// A synchronous call is delivered with its reply: the request of the private scheme.
  func syncReply(on socket: OwnedDescriptor?) -> SyncReply? { nil }

  /// Script messages arrive the same way as the page's other events, so none are late.
  func drain(until end: Int) {}

  /// WebKit refuses synchronous requests at this stage.
  func startUnloading() {}

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
