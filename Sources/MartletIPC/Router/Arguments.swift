// Typed parameters from the values that a renderer sent.

package import MartletClone

/// An argument whose type is not the one that the handler declares.
package struct ArgumentError: MartletError {
  /// The argument's index, from 0.
  package let index: Int
  /// The type that the handler declares, and the value that arrived.
  package let mismatch: CloneTypeMismatch

  package var name: String { mismatch.name }
  package var code: ErrorCode { mismatch.code }
  package var underlyingError: (any Error)? { mismatch }
  /// `argument 0: expected Int, got string 'abc'`, with a path if the mismatch is inside the argument:
  /// `argument 0, at todos[2].title: expected String, got number 3`.
  package var message: String {
    "argument \(index)\(place): expected \(mismatch.expected), got \(mismatch.found)"
  }

  /// The mismatch's path in JavaScript notation.
  private var place: String {
    if mismatch.path.isEmpty { return "" }
    let path = mismatch.path.map { Int($0) == nil ? ".\($0)" : "[\($0)]" }.joined()
    return ", at \(path.hasPrefix(".") ? String(path.dropFirst()) : path)"
  }
}

/// The arguments of a call, without the channel.
package enum IpcArguments {
  case decoded(ArraySlice<CloneValue>)
  /// They are decoded when a listener in Swift needs them.
  case encoded(EncodedCall)

  /// - Throws: `CloneError` if they cannot be decoded.
  @MainActor package func values() throws(CloneError) -> ArraySlice<CloneValue> {
    switch self {
    case .decoded(let values): values
    case .encoded(let call): try call.arguments.get()
    }
  }
}

/// The value `[channel, ...arguments]` of a renderer's call, encoded.
@MainActor package final class EncodedCall {
  package let bytes: [UInt8]
  private let collector: CycleCollector

  init(_ bytes: [UInt8], _ collector: CycleCollector) {
    self.bytes = bytes
    self.collector = collector
  }

  fileprivate private(set) lazy var arguments = Result { () throws(CloneError) -> ArraySlice<CloneValue> in
    let bytes = bytes
    guard case .array(let call) = try collector.decode(bytes.span.bytes) else { return [] }
    return call.elements.dropFirst()
  }
}

/// Reads a call's arguments in order; missing ones are `undefined`.
package struct ArgumentReader {
  private let arguments: ArraySlice<CloneValue>
  private var index = 0

  /// - Throws: `CloneError` if the arguments cannot be decoded.
  @MainActor package init(_ arguments: IpcArguments) throws(CloneError) {
    self.init(try arguments.values())
  }

  /// - Parameter arguments: The arguments, without the channel.
  package init(_ arguments: ArraySlice<CloneValue>) {
    self.arguments = arguments
  }

  /// The next argument as a `T`.
  package mutating func next<T: CloneDecodable>(_ type: T.Type = T.self) throws(ArgumentError) -> T {
    let position = arguments.startIndex + index
    let value = position < arguments.endIndex ? arguments[position] : .undefined
    defer { index += 1 }
    do {
      return try value.converted(to: T.self)
    } catch {
      throw ArgumentError(index: index, mismatch: error)
    }
  }
}
