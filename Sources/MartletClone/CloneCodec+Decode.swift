extension CloneCodec {
  /// Decodes a value.
  ///
  /// Swift never frees a value that contains itself; call ``CloneValue/reclaimCycles()`` on it when it is no
  /// longer needed. ``decode(_:hasCycles:)`` says whether a value has such cycles.
  ///
  /// - Parameter bytes: The bytes of exactly one value, header included.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the byte offset of the failure.
  public static func decode(_ bytes: [UInt8]) throws(CloneError) -> CloneValue {
    var hasCycles = false
    return try decode(bytes.span.bytes, hasCycles: &hasCycles)
  }

  /// Decodes a value from borrowed memory.
  ///
  /// - Parameter bytes: The bytes of exactly one value, header included.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the byte offset of the failure.
  public static func decode(_ bytes: RawSpan) throws(CloneError) -> CloneValue {
    var hasCycles = false
    return try decode(bytes, hasCycles: &hasCycles)
  }

  /// Decodes a value from borrowed memory.
  ///
  /// - Parameter bytes: The bytes of exactly one value, header included.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the byte offset of the failure.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(CloneError) -> CloneValue {
    try decode(bytes.bytes)
  }

  /// Decodes a value, and reports whether it contains itself somewhere.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of exactly one value, header included.
  ///   - hasCycles: Set to whether the value must be freed with ``CloneValue/reclaimCycles()``. Unchanged
  ///     when decoding fails, which leaves nothing to free.
  /// - Returns: The value, independent of `bytes`.
  /// - Throws: ``CloneError`` with the byte offset of the failure.
  public static func decode(_ bytes: RawSpan, hasCycles: inout Bool) throws(CloneError) -> CloneValue {
    var valueCount = 0
    return try bytes.withUnsafeBytes { (bytes) throws(CloneError) in
      try decode(bytes, hasCycles: &hasCycles, valueCount: &valueCount)
    }
  }

  /// Decodes a value that may have out-of-line buffers.
  ///
  /// - Parameters:
  ///   - bytes: The encoded value without the contents of out-of-line buffers.
  ///   - apart: The out-of-line buffers, each with its offset in `bytes`, in ascending order.
  ///   - limit: Maximum number of values.
  ///   - objectLimit: Maximum number of values that are objects.
  ///   - valueCount: Set to the number of values; unchanged when decoding fails.
  /// - Throws: As ``decode(_:hasCycles:)`` does, and when an out-of-line buffer belongs to no `ArrayBuffer`
  ///   in `bytes`.
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
