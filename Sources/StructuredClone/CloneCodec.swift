/// Encodes and decodes values in V8's `ValueSerializer` wire format, version 15.
///
/// ```swift
/// let bytes = try CloneCodec.encode(["id": 1, "text": "hello"])
/// let value = try CloneCodec.decode(bytes)
/// ```
///
/// It is the format Electron uses for IPC, and what `v8.Serializer` and `v8.Deserializer` of Node read and write
/// after `writeHeader()` and `readHeader()` (`v8.serialize()` adds to it and is something else). Numbers are in
/// the byte order of the machine, little-endian everywhere we run.
///
/// Decoding is for bytes of strangers: it throws a ``CloneError`` with the offset, never traps, uses no stack for
/// nesting, and allocates at most a fixed multiple of the input (a one-byte value takes 24 bytes in an array).
public enum CloneCodec {
  /// The version of the format that is read and written.
  public static let version: UInt8 = 15

  /// How many containers (objects, arrays, maps, sets, errors) may lie inside one another: 5,000. One more, and
  /// encoding and decoding throw.
  ///
  /// The renderer's codec has the same limit (`MAX_DEPTH` in `Resources/bridge/codec/tags.js`, which says where it
  /// comes from), so what one side writes the other reads. V8 itself gives up between one and two thousand levels
  /// on Node's default stack. An IPC message's list of arguments is a container, too.
  public static let maximumDepth = 5_000

  /// How many values a message may have in it: elements, properties, keys, entries and members, and itself. 8,388,608.
  /// One more, and encoding and decoding throw.
  ///
  /// Each takes a byte at least as it travels, and far more once it is read: a renderer could have the main process read
  /// for minutes what it sends at once. The renderer's codec has the same limit (`MAX_VALUES`). Bytes in buffers and
  /// characters of strings do not count; where there are so many numbers, send a typed array.
  public static let maximumValueCount = 8_388_608

  /// How many of the values in a message may be objects: whatever has identity, from plain objects and arrays to views and
  /// the buffers behind them. 4,194,304. One more, and encoding and decoding throw.
  ///
  /// Each takes ten to twenty times as long to read as a number does. The renderer's codec has the same limit
  /// (`MAX_OBJECTS`). Where there are so many records, send an array for each of their fields.
  public static let maximumObjectCount = 4_194_304

  /// Encodes `value`.
  ///
  /// - Parameter value: The value. Shared objects and cycles are kept.
  /// - Returns: The bytes, header included.
  /// - Throws: ``CloneError`` with code ``CloneError/Code/notCloneable`` if something in the value has no clone (a
  ///   view out of its buffer's bounds, a string of four gigabytes), ``CloneError/Code/tooDeep`` or
  ///   ``CloneError/Code/tooManyValues``.
  public static func encode(_ value: CloneValue) throws(CloneError) -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(value, into: &bytes)
    return bytes
  }

  /// Encodes `value` behind what `bytes` already holds, such as the header of an IPC frame.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - bytes: Receives the bytes; unchanged if encoding fails.
  /// - Throws: As ``encode(_:)`` does.
  public static func encode(_ value: CloneValue, into bytes: inout [UInt8]) throws(CloneError) {
    var hasCycles = false
    try encode(value, into: &bytes, hasCycles: &hasCycles)
  }

  /// Encodes `value` behind what `bytes` already holds, and says whether it contains itself somewhere.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - bytes: Receives the bytes; unchanged if encoding fails.
  ///   - hasCycles: Set to whether Swift will never free the value by itself; never changed when encoding fails.
  /// - Throws: As ``encode(_:)`` does.
  public static func encode(
    _ value: CloneValue, into bytes: inout [UInt8], hasCycles: inout Bool
  ) throws(CloneError) {
    _ = try encode(value, into: &bytes, keepsBulk: false, hasCycles: &hasCycles)
  }

  /// Encodes `value` behind what `segments` already holds, without copying long buffers.
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
    // Most messages fit this piece of stack, and reach the array in one copy of the right size.
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
