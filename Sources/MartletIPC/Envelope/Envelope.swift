// The envelope of wire.h, in Swift: a fixed header, then V8-serialized values. packet.h checks every packet
// from a renderer before anything else reads it.

internal import CMartletWire
package import MartletClone

/// One message between the main process and a document.
package struct Envelope {
  /// The kind of an envelope; the numbers are wire.h's.
  package struct Kind: Hashable, Sendable {
    package let number: UInt8

    // Renderer to main.
    package static let send = Kind(MARTLET_ENVELOPE_SEND)
    package static let invoke = Kind(MARTLET_ENVELOPE_INVOKE)
    package static let sendSync = Kind(MARTLET_ENVELOPE_SEND_SYNC)
    package static let postMessage = Kind(MARTLET_ENVELOPE_POST_MESSAGE)
    package static let preloadError = Kind(MARTLET_ENVELOPE_PRELOAD_ERROR)
    package static let domReady = Kind(MARTLET_ENVELOPE_DOM_READY)
    package static let painted = Kind(MARTLET_ENVELOPE_PAINTED)
    package static let evaluated = Kind(MARTLET_ENVELOPE_EVALUATED)
    package static let visibility = Kind(MARTLET_ENVELOPE_VISIBILITY)
    package static let loaded = Kind(MARTLET_ENVELOPE_LOADED)
    package static let gone = Kind(MARTLET_ENVELOPE_GONE)
    package static let unloading = Kind(MARTLET_ENVELOPE_UNLOADING)
    package static let opened = Kind(MARTLET_ENVELOPE_OPENED)

    // Main to renderer.
    package static let message = Kind(MARTLET_ENVELOPE_MESSAGE)
    package static let reply = Kind(MARTLET_ENVELOPE_REPLY)
    package static let evaluate = Kind(MARTLET_ENVELOPE_EVALUATE)

    // Between the ends of a port.
    package static let portMessage = Kind(MARTLET_ENVELOPE_PORT_MESSAGE)

    /// Whether it is a call of `ipcRenderer`.
    var isCall: Bool {
      [.send, .invoke, .sendSync, .postMessage].contains(self)
    }

    init(_ constant: some BinaryInteger) { number = UInt8(constant) }

    init(number: UInt8) { self.number = number }
  }

  package let kind: Kind
  /// Pairs a reply with its call; 0 when the envelope is neither.
  package let call: UInt32
  /// The envelope's place in its document's order of calls, from 1. Envelopes to a renderer carry 0.
  package let sequence: UInt32
  /// `undefined` for a call whose `body` is there.
  package let value: CloneValue
  /// The value of a call that was not decoded; nil for every other envelope.
  package let body: EncodedCall?
  /// Approximate memory in bytes that the value keeps alive.
  package let footprint: Int

  /// The maximum number of ports that one envelope carries.
  package static let portLimit = Int(MARTLET_PORT_LIMIT)

  static let headerSize = MemoryLayout<martlet_envelope_header>.size

  /// The ports that came with the envelope, each a socket.
  package let ports: [OwnedDescriptor]

  /// The bytes of an envelope to a renderer.
  ///
  /// - Throws: `CloneError` when `value` cannot be cloned; nothing has been sent then.
  package static func encode(_ kind: Kind, call: UInt32 = 0, _ value: CloneValue) throws(CloneError)
    -> EncodedEnvelope
  {
    var hasCycles = false
    return try encode(kind, call: call, value, hasCycles: &hasCycles)
  }

  /// The bytes of an envelope to a renderer, and whether `value` contains itself.
  static func encode(
    _ kind: Kind, call: UInt32, _ value: CloneValue, hasCycles: inout Bool
  ) throws(CloneError) -> EncodedEnvelope {
    var envelope = EncodedEnvelope([UInt8](repeating: 0, count: headerSize))
    try CloneCodec.encode(value, into: &envelope, hasCycles: &hasCycles)
    try writeHeader(kind, call: call, of: &envelope)
    return envelope
  }

  /// The bytes of an envelope whose value is encoded already.
  ///
  /// - Throws: `CloneError` when it is too long; nothing has been sent then.
  package static func wrap(
    _ kind: Kind, call: UInt32 = 0, encoded value: [UInt8]
  ) throws(CloneError) -> EncodedEnvelope {
    var envelope = EncodedEnvelope([UInt8](repeating: 0, count: headerSize) + value)
    try writeHeader(kind, call: call, of: &envelope)
    return envelope
  }

  private static func writeHeader(
    _ kind: Kind, call: UInt32, of envelope: inout EncodedEnvelope
  ) throws(CloneError) {
    let length = envelope.count - headerSize
    guard length <= Int(MARTLET_LENGTH_LIMIT),
      envelope.countApart(from: Int(MARTLET_BULK_LIMIT)) - headerSize <= Int(MARTLET_BYTES_LIMIT)
    else {
      throw CloneError.tooLong(
        "the message is too long, \(length) bytes: the limit is 1 GiB, "
          + "and 256 MiB without its first 64 buffers of 64 KiB and more")
    }
    let header = martlet_envelope_header(
      kind: kind.number, flags: 0, ports: 0, call: call, sequence: 0, length: UInt32(length))
    envelope.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_envelope_header.self) }
  }
}

/// A document's envelope, sorted by purpose. No other code in the main process reads the kinds of a
/// document's envelopes.
package enum DocumentEnvelope {
  /// The state of the document, or of its frame, has changed.
  case lifecycle(Lifecycle)
  /// A call of `ipcRenderer`.
  case call(IpcCall)
  /// A synchronous call: the document is blocked until the reply.
  case syncCall(IpcCall)
  /// `[ok, value]` of the script with this number (`executeJavaScript`).
  case result(UInt32, CloneValue)
  /// A kind that documents do not send.
  case unknown(UInt8)

  package enum Lifecycle {
    case domReady
    case loaded
    case painted
    /// `{ message, file, line, stack }`.
    case preloadError(CloneValue)
    case visibility(isVisible: Bool)
    /// The document is unloading: its unload handlers are running.
    case unloading
    /// The document's frame has been removed from the page.
    case gone
    /// The page has reopened the document (`document.open`), so nothing more is received from it.
    case reopened
  }

  @MainActor package init(_ envelope: Envelope) {
    switch envelope.kind {
    case .send: self = .call(IpcCall(.send, envelope))
    case .invoke: self = .call(IpcCall(.invoke, envelope))
    case .postMessage: self = .call(IpcCall(.postMessage, envelope))
    case .sendSync: self = .syncCall(IpcCall(.sendSync, envelope))
    case .evaluated: self = .result(envelope.call, envelope.value)
    case .domReady: self = .lifecycle(.domReady)
    case .loaded: self = .lifecycle(.loaded)
    case .painted: self = .lifecycle(.painted)
    case .preloadError: self = .lifecycle(.preloadError(envelope.value))
    case .visibility:
      self = .lifecycle(.visibility(isVisible: envelope.value.isEquivalent(to: "visible")))
    case .unloading: self = .lifecycle(.unloading)
    case .gone: self = .lifecycle(.gone)
    case .opened: self = .lifecycle(.reopened)
    default: self = .unknown(envelope.kind.number)
    }
  }
}

/// An encoded envelope to a renderer: its header and its value, whose long buffers are not copied.
package typealias EncodedEnvelope = CloneSegments

/// Bytes from a renderer that are not an envelope.
package struct EnvelopeError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// The fault of the packet that was read last.
  static var ofPacket: EnvelopeError { EnvelopeError(String(cString: martlet_packet_fault())) }
}
