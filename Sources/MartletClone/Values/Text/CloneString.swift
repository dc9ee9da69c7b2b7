/// A JavaScript string: any sequence of UTF-16 units, including lone surrogates.
///
/// It stores the bytes of the wire, Latin-1 or UTF-16, and converts them to a Swift `String` only on request:
/// forwarding a megabyte costs one copy. Up to 15 Latin-1 characters are stored inline.
///
/// A string whose units all fit in Latin-1 is always stored as Latin-1, and one of up to 15 such units always
/// inline. Equal strings thus have equal representations, and are compared byte by byte.
public struct CloneString {
  enum Storage {
    /// Up to 15 bytes of Latin-1, in memory order, and their count in the topmost byte.
    case small(UInt64, UInt64)
    case large(CloneStringStorage)
  }

  static let smallCapacity = 15

  var storage: Storage

  /// The empty string.
  public init() { storage = .small(0, 0) }

  /// Makes a string from Latin-1 bytes.
  ///
  /// - Parameter bytes: One byte for each character.
  public init(latin1 bytes: UnsafeRawBufferPointer) {
    if bytes.count <= Self.smallCapacity {
      let (low, high) = bytes.loadSmall()
      storage = .small(low, high)
    } else {
      storage = .large(.copying(bytes, isTwoByte: false))
    }
  }

  /// Makes a string from UTF-16 units, which need not be well formed.
  ///
  /// - Parameter units: The units. Lone surrogates are kept.
  public init(utf16 units: some Collection<UInt16>) {
    let array = ContiguousArray(units)
    self = array.withUnsafeBytes { CloneString(utf16Bytes: $0) }
  }

  /// Makes a string from a Swift string.
  ///
  /// - Parameter string: Any string.
  public init(_ string: String) {
    var string = string
    self =
      string.withUTF8 { utf8 in
        let bytes = UnsafeRawBufferPointer(utf8)
        return bytes.isASCII ? CloneString(latin1: bytes) : nil
      } ?? CloneString(utf16: string.utf16)
  }

  /// Makes a string from UTF-16 units in memory, which need not be aligned; `bytes.count` must be even.
  init(utf16Bytes bytes: UnsafeRawBufferPointer) {
    let count = bytes.count / 2
    guard bytes.utf16FitsLatin1 else {
      storage = .large(.copying(bytes, isTwoByte: true))
      return
    }
    func narrow(to target: UnsafeMutableRawPointer) {
      for index in 0..<count { target.storeBytes(of: bytes[2 * index], toByteOffset: index, as: UInt8.self) }
    }
    if count <= Self.smallCapacity {
      self = withUnsafeTemporaryAllocation(byteCount: 16, alignment: 8) { scratch in
        narrow(to: scratch.baseAddress!)
        return CloneString(small: UnsafeRawBufferPointer(rebasing: scratch[..<count]))
      }
    } else {
      storage = .large(.making(byteCount: count, isTwoByte: false, fill: narrow))
    }
  }

  /// Makes an inline string of at most 15 bytes.
  @inline(__always)
  init(small bytes: UnsafeRawBufferPointer) {
    let (low, high) = bytes.loadSmall()
    storage = .small(low, high)
  }

  /// Number of UTF-16 units: JavaScript's `length`.
  public var utf16Count: Int {
    switch storage {
    case .small(_, let high): Int(high >> 56)
    case .large(let buffer): buffer.header.isTwoByte ? buffer.header.byteCount / 2 : buffer.header.byteCount
    }
  }

  /// Whether the string has no characters.
  public var isEmpty: Bool { utf16Count == 0 }

  /// The UTF-16 units.
  public var utf16: [UInt16] {
    withBytes { bytes, isTwoByte in
      if !isTwoByte { return bytes.map { UInt16($0) } }
      return [UInt16](unsafeUninitializedCapacity: bytes.count / 2) { target, count in
        UnsafeMutableRawBufferPointer(target).copyMemory(from: bytes)
        count = bytes.count / 2
      }
    }
  }

  /// Calls `body` with the stored characters: Latin-1, or UTF-16 in native byte order.
  @inline(__always)
  func withBytes<R>(_ body: (UnsafeRawBufferPointer, _ isTwoByte: Bool) -> R) -> R {
    switch storage {
    case .small(let low, let high):
      return withUnsafeBytes(of: (low, high)) {
        body(UnsafeRawBufferPointer(rebasing: $0[..<Int(high >> 56)]), false)
      }
    case .large(let buffer):
      return buffer.withBytes { body($0, buffer.header.isTwoByte) }
    }
  }
}

extension CloneString: Hashable {
  public static func == (left: CloneString, right: CloneString) -> Bool {
    switch (left.storage, right.storage) {
    case (.small(let low, let high), .small(let otherLow, let otherHigh)):
      return low == otherLow && high == otherHigh
    case (.large(let one), .large(let other)):
      if one === other { return true }
      guard one.header.isTwoByte == other.header.isTwoByte else { return false }
      return one.withBytes { bytes in other.withBytes { bytes.elementsEqual($0) } }
    default:
      return false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch storage {
    case .small(let low, let high):
      hasher.combine(low)
      hasher.combine(high)
    case .large(let buffer):
      buffer.withBytes { hasher.combine(bytes: $0) }
    }
  }
}

extension CloneString: ExpressibleByStringLiteral, CustomStringConvertible {
  public init(stringLiteral value: String) { self.init(value) }

  /// The text as a Swift string; lone surrogates become U+FFFD.
  public var description: String { String(self) }
}
