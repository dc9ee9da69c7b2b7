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

/// Reads a call's arguments in order; missing ones are `undefined`.
package struct ArgumentReader {
  private let arguments: ArraySlice<CloneValue>
  private var index = 0

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
