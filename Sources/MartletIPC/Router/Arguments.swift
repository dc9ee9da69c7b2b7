// Typed parameters out of whatever a renderer sent.

package import MartletClone

/// An argument that is not what the handler declared.
package struct ArgumentError: MartletError {
  /// The argument's place, from 0.
  package let index: Int
  /// The type that the handler declared, and the value that came.
  package let mismatch: CloneTypeMismatch

  package var name: String { mismatch.name }
  package var code: ErrorCode { mismatch.code }
  package var underlyingError: (any Error)? { mismatch }
  /// `argument 0: expected Int, got string 'abc'`, with the place if it is not the argument itself:
  /// `argument 0, at todos[2].title: expected String, got number 3`.
  package var message: String {
    "argument \(index)\(place): expected \(mismatch.expected), got \(mismatch.found)"
  }

  /// The mismatch's path as a JavaScript programmer writes it.
  private var place: String {
    if mismatch.path.isEmpty { return "" }
    let path = mismatch.path.map { Int($0) == nil ? ".\($0)" : "[\($0)]" }.joined()
    return ", at \(path.hasPrefix(".") ? String(path.dropFirst()) : path)"
  }
}

/// Walks a call's arguments; those that are missing are `undefined`.
package struct ArgumentReader {
  private let arguments: ArraySlice<CloneValue>
  private var index = 0

  /// `arguments` without the channel.
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
