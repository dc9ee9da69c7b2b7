extension CloneCodec {
  /// The first element of an encoded array, if that is a string. Nothing else is read or checked.
  ///
  /// - Parameter bytes: The encoded array, header included.
  /// - Returns: Nil if the bytes do not begin with a dense array whose first element is a string.
  package static func leadingString(of bytes: UnsafeRawBufferPointer) -> CloneString? {
    var reader = Reader(bytes)
    do throws(CloneError) {
      try reader.header()
      guard try reader.tag() == Tag.denseArray, try reader.varint() > 0 else { return nil }
      switch try reader.tag() {
      case Tag.latin1String: return CloneString(latin1: try reader.raw(Int(try reader.varint())))
      case Tag.utf16String:
        let length = Int(try reader.varint())
        return length & 1 == 0 ? CloneString(utf16Bytes: try reader.raw(length)) : nil
      default: return nil
      }
    } catch {
      return nil
    }
  }
}
