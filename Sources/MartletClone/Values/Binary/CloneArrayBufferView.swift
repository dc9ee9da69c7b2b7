/// A typed array or `DataView`: a stretch of an `ArrayBuffer` and how to read it.
///
/// Views made on one ``CloneArrayBuffer`` share it, before and after cloning.
public final class CloneArrayBufferView: CloneNode {
  /// The kinds of view.
  public struct Kind: Hashable, Sendable {
    /// The constructor's name in JavaScript.
    public let name: String
    /// The size of an element in bytes; 1 for `DataView`.
    public let elementSize: Int
    /// The letter of the wire format.
    let tag: UInt8

    private init(_ name: String, _ elementSize: Int, _ tag: Unicode.Scalar) {
      self.name = name
      self.elementSize = elementSize
      self.tag = UInt8(ascii: tag)
    }

    /// `Int8Array`
    public static let int8 = Kind("Int8Array", 1, "b")
    /// `Uint8Array`
    public static let uint8 = Kind("Uint8Array", 1, "B")
    /// `Uint8ClampedArray`
    public static let uint8Clamped = Kind("Uint8ClampedArray", 1, "C")
    /// `Int16Array`
    public static let int16 = Kind("Int16Array", 2, "w")
    /// `Uint16Array`
    public static let uint16 = Kind("Uint16Array", 2, "W")
    /// `Int32Array`
    public static let int32 = Kind("Int32Array", 4, "d")
    /// `Uint32Array`
    public static let uint32 = Kind("Uint32Array", 4, "D")
    /// `Float16Array`, which only newer engines have.
    public static let float16 = Kind("Float16Array", 2, "h")
    /// `Float32Array`
    public static let float32 = Kind("Float32Array", 4, "f")
    /// `Float64Array`
    public static let float64 = Kind("Float64Array", 8, "F")
    /// `BigInt64Array`
    public static let bigInt64 = Kind("BigInt64Array", 8, "q")
    /// `BigUint64Array`
    public static let bigUint64 = Kind("BigUint64Array", 8, "Q")
    /// `DataView`
    public static let dataView = Kind("DataView", 1, "?")

    static let all = [
      int8, uint8, uint8Clamped, int16, uint16, int32, uint32, float16, float32, float64, bigInt64, bigUint64,
      dataView,
    ]
  }

  /// How the bytes are read.
  public let kind: Kind
  /// The bytes looked at.
  public let buffer: CloneArrayBuffer
  /// Where in the buffer the view begins.
  public let byteOffset: Int
  /// The length the view was made with; nil for one that tracks the length of a resizable buffer.
  let fixedByteLength: Int?

  /// Makes a view.
  ///
  /// - Parameters:
  ///   - kind: How to read the bytes.
  ///   - buffer: The bytes.
  ///   - byteOffset: Where the view begins; a multiple of the element size.
  ///   - byteLength: Its length in bytes, a multiple of the element size; nil for all from the offset on,
  ///     which on a resizable buffer follows its length.
  /// - Returns: nil if the view would not be aligned or not lie inside the buffer.
  public init?(_ kind: Kind, of buffer: CloneArrayBuffer, byteOffset: Int = 0, byteLength: Int? = nil) {
    let rest = buffer.byteLength - byteOffset
    guard byteOffset >= 0, rest >= 0, byteOffset % kind.elementSize == 0 else { return nil }
    if let byteLength {
      guard byteLength >= 0, byteLength <= rest, byteLength % kind.elementSize == 0 else { return nil }
      fixedByteLength = byteLength
    } else if buffer.maxByteLength != nil {
      fixedByteLength = nil
    } else {
      guard rest % kind.elementSize == 0 else { return nil }
      fixedByteLength = rest
    }
    self.kind = kind
    self.buffer = buffer
    self.byteOffset = byteOffset
  }

  /// Makes a `Uint8Array` on a new buffer.
  ///
  /// - Parameter bytes: The contents.
  public init(_ bytes: [UInt8]) {
    kind = .uint8
    buffer = CloneArrayBuffer(bytes)
    byteOffset = 0
    fixedByteLength = bytes.count
  }

  /// Whether the view follows the length of its resizable buffer.
  public var isLengthTracking: Bool { fixedByteLength == nil }

  /// Whether the buffer has shrunk until the view no longer lies inside it.
  public var isOutOfBounds: Bool { byteOffset + (fixedByteLength ?? 0) > buffer.byteLength }

  /// The length in bytes; zero if the view is out of bounds.
  public var byteLength: Int {
    if isOutOfBounds { return 0 }
    return fixedByteLength ?? (buffer.byteLength - byteOffset) / kind.elementSize * kind.elementSize
  }

  /// The number of elements.
  public var count: Int { byteLength / kind.elementSize }

  /// The bytes the view looks at. A view of its whole buffer hands out the buffer's own bytes without
  /// copying.
  public var bytes: [UInt8] { readBytes() ?? [UInt8](repeating: 0, count: byteLength) }

  /// The bytes; nil when the system cannot read them.
  func readBytes() -> [UInt8]? {
    let length = byteLength
    if length == 0 { return [] }
    return length == buffer.byteLength
      ? buffer.readBytes() : buffer.contents.read(in: byteOffset..<(byteOffset + length))
  }

  /// The element at `index` as JavaScript would read it, or nil outside of the view.
  ///
  /// - Parameter index: The position, in elements. A `DataView` reads as bytes here.
  public func element(at index: Int) -> CloneValue? {
    guard index >= 0, index < count else { return nil }
    let offset = byteOffset + index * kind.elementSize
    return buffer.bytes.withUnsafeBytes { bytes in
      func load<T: BitwiseCopyable>(_ type: T.Type) -> T {
        bytes.loadUnaligned(fromByteOffset: offset, as: type)
      }
      switch kind {
      case .int8: return .number(Double(load(Int8.self)))
      case .int16: return .number(Double(load(Int16.self)))
      case .uint16: return .number(Double(load(UInt16.self)))
      case .int32: return .number(Double(load(Int32.self)))
      case .uint32: return .number(Double(load(UInt32.self)))
      case .float16: return .number(Double(halfPrecision: load(UInt16.self)))
      case .float32: return .number(Double(load(Float.self)))
      case .float64: return .number(load(Double.self))
      case .bigInt64: return .bigInt(CloneBigInt(load(Int64.self)))
      case .bigUint64: return .bigInt(CloneBigInt(load(UInt64.self)))
      default: return .number(Double(load(UInt8.self)))
      }
    }
  }

  override var asValue: CloneValue { .view(self) }

  override func forEachChild(_ body: (CloneValue) -> Void) { body(.arrayBuffer(buffer)) }
}

extension Double {
  /// Reads an IEEE 754 half. Swift's own `Float16` is not there on every machine.
  init(halfPrecision bits: UInt16) {
    let sign: Double = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    switch exponent {
    case 0: self = sign * fraction * 0x1p-24
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    default: self = sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}
