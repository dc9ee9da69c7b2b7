// The envelope of wire.h, in Swift: a fixed header, then V8-serialized values. Whatever comes from a renderer is
// checked here before anything looks at it.

internal import CMartletWire
package import MartletClone

/// One message between the main process and a document.
package struct Envelope {
  /// What an envelope is for; the numbers are wire.h's.
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
    package static let leaving = Kind(MARTLET_ENVELOPE_LEAVING)
    package static let opened = Kind(MARTLET_ENVELOPE_OPENED)

    // Main to renderer.
    package static let message = Kind(MARTLET_ENVELOPE_MESSAGE)
    package static let reply = Kind(MARTLET_ENVELOPE_REPLY)
    package static let evaluate = Kind(MARTLET_ENVELOPE_EVALUATE)

    // Between the ends of a port.
    package static let portMessage = Kind(MARTLET_ENVELOPE_PORT_MESSAGE)

    init(_ constant: some BinaryInteger) { number = UInt8(constant) }

    init(number: UInt8) { self.number = number }
  }

  package let kind: Kind
  /// Pairs a reply with its call; 0 where there is nothing to pair.
  package let call: UInt32
  /// The envelope's place in its document's order of calls, from 1. Envelopes to a renderer carry 0.
  package let sequence: UInt32
  package let value: CloneValue
  /// About how many bytes of memory the value keeps for as long as somebody holds it.
  package let footprint: Int

  /// How many ports may come with an envelope.
  package static let portLimit = Int(MARTLET_PORT_LIMIT)

  static let headerSize = MemoryLayout<martlet_envelope_header>.size

  /// The ports that came with it, each a socket.
  package let ports: [OwnedDescriptor]

  /// Parses and decodes a whole envelope that came without ports.
  ///
  /// - Throws: `EnvelopeError` when the bytes are not one envelope of a known version, or hold no decodable value.
  @MainActor package init(bytes: [UInt8], collector: CycleCollector) throws(EnvelopeError) {
    self = try bytes.span.bytes.withUnsafeBytes { (bytes) throws(EnvelopeError) in
      try Envelope(packet: bytes, descriptors: [], collector)
    }
  }

  /// Parses and decodes what came in one packet: the first envelope, and `others`, to which those after it are added.
  ///
  /// - Throws: As `init(bytes:)`, and when the descriptors are not those that the header tells of.
  @MainActor static func first(
    in packet: UnsafeRawBufferPointer, descriptors: [OwnedDescriptor], others: inout [Envelope],
    _ collector: CycleCollector
  ) throws(EnvelopeError) -> Envelope {
    /// The end of an envelope that others follow; nil where there is none.
    func endOfEnvelope(at offset: Int) -> Int? {
      guard packet.count - offset >= headerSize else { return nil }
      let header = packet.loadUnaligned(fromByteOffset: offset, as: martlet_envelope_header.self)
      let end = offset + headerSize + Int(header.length)
      // What has descriptors has the packet for itself, and is checked as a whole.
      return header.flags == 0 && header.ports == 0 && end < packet.count ? end : nil
    }
    guard descriptors.isEmpty, var end = endOfEnvelope(at: 0) else {
      return try Envelope(packet: packet, descriptors: descriptors, collector)
    }
    let first = try Envelope(
      packet: UnsafeRawBufferPointer(rebasing: packet[..<end]), descriptors: [], collector)
    var count = 1
    while true {
      let begin = martlet_envelope_align(end)
      count += 1
      guard begin < packet.count, count <= Int(MARTLET_BATCH_LIMIT) else {
        throw EnvelopeError("\(packet.count - end) bytes after the envelopes of a packet")
      }
      let next = endOfEnvelope(at: begin)
      let bytes = UnsafeRawBufferPointer(rebasing: packet[begin..<(next ?? packet.count)])
      others.append(try Envelope(packet: bytes, descriptors: [], collector))
      guard let next else { return first }
      end = next
    }
  }

  /// Parses and decodes an envelope that has a packet, or a part of one, for itself.
  @MainActor private init(
    packet: UnsafeRawBufferPointer, descriptors: [OwnedDescriptor], _ collector: CycleCollector
  ) throws(EnvelopeError) {
    guard packet.count >= Envelope.headerSize else {
      throw EnvelopeError("\(packet.count) bytes are no envelope")
    }
    let header = packet.loadUnaligned(as: martlet_envelope_header.self)
    kind = Kind(number: header.kind)
    call = header.call
    sequence = header.sequence
    let flags = Int(header.flags)
    guard flags & ~(MARTLET_FLAG_MEMORY | MARTLET_FLAG_BULK) == 0 else {
      throw EnvelopeError("a header with unknown flags")
    }
    let buffers = flags & MARTLET_FLAG_BULK == 0 ? 0...0 : 1...Int(MARTLET_BULK_LIMIT)
    let others = flags & MARTLET_FLAG_MEMORY == 0 ? 0 : 1
    let memory = descriptors.dropLast(Int(header.ports))
    guard descriptors.count >= header.ports, buffers.contains(memory.count - others) else {
      throw EnvelopeError("a header that says \(header.ports) ports before \(descriptors.count) descriptors")
    }
    ports = Array(descriptors[memory.count...])
    guard ports.allSatisfy(\.isSocket) else { throw EnvelopeError("a port that is no socket") }
    let payload = UnsafeRawBufferPointer(rebasing: packet[Envelope.headerSize...])
    if flags != 0 {
      (value, footprint) = try Self.value(payload, header, memory, collector)
    } else if header.length == UInt32(exactly: payload.count) {
      (value, footprint) = try Self.value(payload, collector)
    } else {
      throw EnvelopeError("a header that says \(header.length) bytes before \(payload.count)")
    }
  }

  /// The value of an envelope with `memory` beside what its packet has after the `header`.
  @MainActor private static func value(
    _ payload: UnsafeRawBufferPointer, _ header: martlet_envelope_header,
    _ memory: ArraySlice<OwnedDescriptor>, _ collector: CycleCollector
  ) throws(EnvelopeError) -> (CloneValue, footprint: Int) {
    let length = Int(header.flags) & MARTLET_FLAG_MEMORY != 0 ? 0 : Int(header.length)
    let hasTable = Int(header.flags) & MARTLET_FLAG_BULK != 0
    let end = hasTable ? martlet_envelope_align(headerSize + length) - headerSize : length
    guard end <= payload.count else {
      throw EnvelopeError("a header that says \(header.length) bytes before \(payload.count)")
    }
    let table = UnsafeRawBufferPointer(rebasing: payload[end...])
    let long = try LongBuffers(header, table, memory)
    // Sealed memory cannot change or shrink under the decoder, so it is read where it lies.
    let bytes = long.bytes?.bytes ?? UnsafeRawBufferPointer(rebasing: payload[..<length])
    defer { withExtendedLifetime(long) {} }
    return try value(bytes, apart: long.apart, collector)
  }

  @MainActor private static func value(
    _ bytes: UnsafeRawBufferPointer, apart: [CloneSegments.Bulk] = [], _ collector: CycleCollector
  ) throws(EnvelopeError) -> (CloneValue, footprint: Int) {
    if bytes.isEmpty, apart.isEmpty { return (.undefined, 0) }
    do {
      var valueCount = 0
      let value = try collector.decode(bytes.bytes, apart: apart, valueCount: &valueCount)
      let size = apart.reduce(bytes.count) { $0 + $1.contents.count }
      return (value, size + valueCount * bytesPerValue)
    } catch {
      throw EnvelopeError("a payload that cannot be decoded: \(error)")
    }
  }

  /// What a value takes beside its bytes: 24 in an array, some hundred as an object.
  private static let bytesPerValue = 64

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
    let length = envelope.count - headerSize
    guard length <= Int(MARTLET_LENGTH_LIMIT),
      envelope.countApart(from: Int(MARTLET_BULK_LIMIT)) - headerSize <= Int(MARTLET_BYTES_LIMIT)
    else {
      throw CloneError.tooLong(
        "\(length) bytes: a message has 1 GiB at most, and 256 MiB without its first 64 buffers of 64 KiB and more"
      )
    }
    let header = martlet_envelope_header(
      kind: kind.number, flags: 0, ports: 0, call: call, sequence: 0, length: UInt32(length))
    envelope.withUnsafeMutableBytes { $0.storeBytes(of: header, as: martlet_envelope_header.self) }
    return envelope
  }
}

/// An envelope on its way to a renderer: its header, and its value, whose long buffers are not copied.
package typealias EncodedEnvelope = CloneSegments

/// Bytes from a renderer that are not an envelope.
package struct EnvelopeError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
