/// A JavaScript value that structured clone can carry.
///
/// ```swift
/// let value: CloneValue = ["id": 1, "tags": ["a", "b"], "done": false]
/// print(value["tags"][0])        // 'a'
/// let bytes = try CloneCodec.encode(value)
/// ```
///
/// Primitives are values. Everything that has identity in JavaScript is a final class (``CloneObject``,
/// ``CloneArray``, ``CloneMap`` …), so that sharing and cycles survive. To turn a value into Swift natives
/// use ``CloneDecodable``; to make one from them, ``CloneEncodable``.
public enum CloneValue {
  /// `undefined`; what `nil` becomes.
  case undefined
  /// `null`.
  case null
  /// A boolean.
  case bool(Bool)
  /// A number; -0, NaN and the infinities are kept.
  case number(Double)
  /// A bigint of any size.
  case bigInt(CloneBigInt)
  /// A string, lone surrogates included.
  case string(CloneString)
  /// A plain object.
  case object(CloneObject)
  /// An array, with its holes and its named properties.
  case array(CloneArray)
  /// A `Map`.
  case map(CloneMap)
  /// A `Set`.
  case set(CloneSet)
  /// A `Date`.
  case date(CloneDate)
  /// A `RegExp`.
  case regExp(CloneRegExp)
  /// A `Boolean`, `Number`, `BigInt` or `String` object.
  case boxed(CloneBoxed)
  /// An `Error` of one of the standard kinds.
  case error(CloneErrorObject)
  /// An `ArrayBuffer`.
  case arrayBuffer(CloneArrayBuffer)
  /// A typed array or a `DataView`.
  case view(CloneArrayBufferView)
}

extension CloneValue {
  /// The object behind this value, or nil for a primitive.
  public var node: CloneNode? {
    switch self {
    case .undefined, .null, .bool, .number, .bigInt, .string: nil
    case .object(let node): node
    case .array(let node): node
    case .map(let node): node
    case .set(let node): node
    case .date(let node): node
    case .regExp(let node): node
    case .boxed(let node): node
    case .error(let node): node
    case .arrayBuffer(let node): node
    case .view(let node): node
    }
  }

  /// Whether this value is a node that holds other values.
  @inline(__always)
  var isContainer: Bool {
    switch self {
    case .object, .array, .map, .set, .error: true
    default: false
    }
  }

  /// Whether this is `undefined`.
  public var isUndefined: Bool {
    if case .undefined = self { true } else { false }
  }

  /// Whether this is `undefined` or `null`.
  public var isNullish: Bool {
    switch self {
    case .undefined, .null: true
    default: false
    }
  }

  /// The property `key` of an object, or of an array's named properties; `undefined` where there is none.
  ///
  /// - Parameter key: The property's name. On arrays a number in words (`"0"`) and `"length"` work too.
  public subscript(key: String) -> CloneValue {
    switch self {
    case .object(let object): object[key]
    case .array(let array): array[key]
    default: .undefined
    }
  }

  /// The element at `index` of an array or typed array; `undefined` outside of it, as in JavaScript.
  ///
  /// - Parameter index: The position, counted from zero.
  public subscript(index: Int) -> CloneValue {
    switch self {
    case .array(let array): array[index]
    case .object(let object): object[String(index)]
    case .view(let view): view.element(at: index) ?? .undefined
    default: .undefined
    }
  }
}

extension CloneValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(CloneString(value)) }
  public init(arrayLiteral elements: CloneValue...) { self = .array(CloneArray(elements)) }

  public init(dictionaryLiteral elements: (String, CloneValue)...) {
    let object = CloneObject()
    for (key, value) in elements { object[key] = value }
    self = .object(object)
  }
}
