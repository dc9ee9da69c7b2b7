extension CloneCodec {
  /// Decodes a value.
  ///
  /// A value that contains itself has to be given back with ``CloneValue/reclaimCycles()`` in the end;
  /// ``decode(_:hasCycles:)`` says whether it does.
  ///
  /// - Parameter bytes: The bytes of exactly one value, header included.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the offset of what is wrong.
  public static func decode(_ bytes: [UInt8]) throws(CloneError) -> CloneValue {
    var hasCycles = false
    return try decode(bytes.span.bytes, hasCycles: &hasCycles)
  }

  /// Decodes a value from memory that is only lent.
  ///
  /// - Parameter bytes: The bytes of exactly one value, header included.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the offset of what is wrong.
  public static func decode(_ bytes: RawSpan) throws(CloneError) -> CloneValue {
    var hasCycles = false
    return try decode(bytes, hasCycles: &hasCycles)
  }

  /// Decodes a value from memory that is only lent.
  ///
  /// - Parameter bytes: The bytes of exactly one value, header included.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the offset of what is wrong.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(CloneError) -> CloneValue {
    try decode(bytes.bytes)
  }

  /// Decodes a value, and says whether it contains itself somewhere.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of exactly one value, header included.
  ///   - hasCycles: Set to whether the value must be given back with ``CloneValue/reclaimCycles()``; never
  ///     changed when decoding fails, which leaves nothing behind.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the offset of what is wrong.
  public static func decode(_ bytes: RawSpan, hasCycles: inout Bool) throws(CloneError) -> CloneValue {
    var valueCount = 0
    return try bytes.withUnsafeBytes { (bytes) throws(CloneError) in
      try decode(bytes, hasCycles: &hasCycles, valueCount: &valueCount)
    }
  }

  /// Decodes a value some of whose buffers are apart from the rest.
  ///
  /// - Parameters:
  ///   - bytes: The rest.
  ///   - apart: The contents of buffers, each with its place in `bytes`, in ascending order.
  ///   - limit: How many values there may be.
  ///   - objectLimit: How many of them may be objects.
  ///   - valueCount: Set to how many there are; never changed when decoding fails.
  /// - Throws: As ``decode(_:hasCycles:)`` does, and when there are contents of no buffer.
  package static func decode(
    _ bytes: UnsafeRawBufferPointer, apart: [CloneSegments.Bulk] = [], limit: Int = maximumValueCount,
    objectLimit: Int = maximumObjectCount, hasCycles: inout Bool, valueCount: inout Int
  ) throws(CloneError) -> CloneValue {
    typealias Outcome = Result<CloneValue, CloneError>
    let outcome = withUnsafeTemporaryAllocation(of: CloneValue.self, capacity: 64) { values -> Outcome in
      withUnsafeTemporaryAllocation(of: CloneString.self, capacity: 32) { keys -> Outcome in
        withUnsafeTemporaryAllocation(of: CloneNode.self, capacity: 64) { nodes -> Outcome in
          var decoder = WireDecoder(
            bytes, apart: apart, limit: limit, objectLimit: objectLimit, values: values, keys: keys,
            nodes: nodes)
          do throws(CloneError) {
            let value = try decoder.run()
            hasCycles = decoder.hasCycles
            valueCount = decoder.valueCount
            return .success(value)
          } catch {
            return .failure(error)
          }
        }
      }
    }
    return try outcome.get()
  }
}
