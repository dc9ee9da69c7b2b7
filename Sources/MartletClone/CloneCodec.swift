/// Encodes and decodes values in V8's `ValueSerializer` wire format, version 15.
///
/// ```swift
/// let bytes = try CloneCodec.encode(["id": 1, "text": "hello"])
/// let value = try CloneCodec.decode(bytes)
/// ```
///
/// Electron uses this format for IPC. Node's `v8.Serializer` and `v8.Deserializer` write and read it after
/// `writeHeader()` and `readHeader()`; `v8.serialize()` writes a different format that extends it. Numbers
/// are in the byte order of the machine, which is little-endian everywhere Martlet runs.
///
/// The decoder is safe on untrusted bytes. It throws a ``CloneError`` with the offset and never traps. It
/// uses no stack for nesting, and allocates at most a fixed multiple of the input (a one-byte value takes 24
/// bytes in an array).
public enum CloneCodec {
  /// Version of the wire format that is read and written.
  public static let version: UInt8 = 15

  /// Maximum nesting depth of containers (objects, arrays, maps, sets, errors): 5,000. Beyond it, encoding
  /// and decoding throw.
  ///
  /// The renderer's codec has the same limit (`MAX_DEPTH` in `Resources/bridge/codec/tags.js`, which says
  /// where it comes from), so each side reads what the other writes. V8 itself gives up between one and two
  /// thousand levels on Node's default stack. The argument list of an IPC message counts as a container.
  public static let maximumDepth = 5_000

  /// Maximum number of values in a message: 8,388,608. Beyond it, encoding and decoding throw. Elements,
  /// properties, keys, entries, members and the message itself count.
  ///
  /// Each value takes at least one byte on the wire, and far more time to read. Without a limit, one message
  /// of a renderer could keep the main process busy for minutes. The renderer's codec has the same limit
  /// (`MAX_VALUES`). Bytes in buffers and characters of strings do not count; send that many numbers as a
  /// typed array.
  public static let maximumValueCount = 8_388_608

  /// Maximum number of objects among the values of a message: 4,194,304. Beyond it, encoding and decoding
  /// throw. Every value with identity counts: plain objects, arrays, views and the buffers behind them.
  ///
  /// An object takes ten to twenty times as long to read as a number does. The renderer's codec has the same
  /// limit (`MAX_OBJECTS`). Send that many records as one array for each of their fields.
  public static let maximumObjectCount = 4_194_304

  /// Encodes `value`.
  ///
  /// - Parameter value: The value. Shared objects and cycles are kept.
  /// - Returns: The bytes, header included.
  /// - Throws: ``CloneError`` with code ``ErrorCode/notCloneable`` if a part of the value cannot be
  ///   cloned (a view out of its buffer's bounds, a string of four gigabytes), ``ErrorCode/cloneTooDeep`` or
  ///   ``ErrorCode/ipcTooManyValues``.
  public static func encode(_ value: CloneValue) throws(CloneError) -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(value, into: &bytes)
    return bytes
  }

  /// Encodes `value` and appends it to `bytes`, which may already hold a header, such as that of an IPC
  /// envelope.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - bytes: The encoded value is appended here; unchanged if encoding fails.
  /// - Throws: As ``encode(_:)`` does.
  public static func encode(_ value: CloneValue, into bytes: inout [UInt8]) throws(CloneError) {
    var hasCycles = false
    try encode(value, into: &bytes, hasCycles: &hasCycles)
  }

  /// Encodes `value`, appends it to `bytes`, and reports whether it contains itself somewhere.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - bytes: The encoded value is appended here; unchanged if encoding fails.
  ///   - hasCycles: Set to whether the value has cycles, so that Swift never frees it by itself. Unchanged
  ///     when encoding fails.
  /// - Throws: As ``encode(_:)`` does.
  public static func encode(
    _ value: CloneValue, into bytes: inout [UInt8], hasCycles: inout Bool
  ) throws(CloneError) {
    _ = try encode(value, into: &bytes, keepsBulk: false, hasCycles: &hasCycles)
  }

  /// Encodes `value` and appends it to `segments`, without copying long buffers.
  ///
  /// - Throws: As ``encode(_:)`` does; `segments` is unchanged then.
  package static func encode(
    _ value: CloneValue, into segments: inout CloneSegments, hasCycles: inout Bool
  ) throws(CloneError) {
    segments.bulk = try encode(value, into: &segments.stream, keepsBulk: true, hasCycles: &hasCycles)
  }

  private static func encode(
    _ value: CloneValue, into bytes: inout [UInt8], keepsBulk: Bool, hasCycles: inout Bool
  ) throws(CloneError) -> [CloneSegments.Bulk] {
    // Most messages fit this stack memory, and are copied once into an array of the right size.
    var output: [UInt8] = []
    var bulk: [CloneSegments.Bulk] = []
    swap(&output, &bytes)
    let failure = withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { stage -> CloneError? in
      withUnsafeTemporaryAllocation(of: Unmanaged<CloneNode>.self, capacity: 64) { nodes -> CloneError? in
        var encoder = WireEncoder(
          writer: Writer(stage: stage, output: output, keepsBulk: keepsBulk), nodes: nodes)
        output = []
        do throws(CloneError) {
          try encoder.run(value)
          bulk = encoder.writer.finish(into: &bytes)
          hasCycles = encoder.hasCycles
          return nil
        } catch {
          encoder.writer.abandon(into: &bytes)
          return error
        }
      }
    }
    if let failure { throw failure }
    return bulk
  }
}
