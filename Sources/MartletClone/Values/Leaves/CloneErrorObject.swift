/// A JavaScript `Error`: name, message, stack and cause. Other properties are not cloned.
public final class CloneErrorObject: CloneNode {
  /// Kinds of error that structured clone distinguishes; an error of any other name arrives as `Error`.
  public struct Kind: Hashable, Sendable {
    /// The `name` in JavaScript.
    public let name: String
    /// Letter of the kind in the wire format; zero for the plain `Error`, which has none.
    let tag: UInt8

    /// `Error`
    public static let error = Kind(name: "Error", tag: 0)
    /// `EvalError`
    public static let evalError = Kind(name: "EvalError", tag: UInt8(ascii: "E"))
    /// `RangeError`
    public static let rangeError = Kind(name: "RangeError", tag: UInt8(ascii: "R"))
    /// `ReferenceError`
    public static let referenceError = Kind(name: "ReferenceError", tag: UInt8(ascii: "F"))
    /// `SyntaxError`
    public static let syntaxError = Kind(name: "SyntaxError", tag: UInt8(ascii: "S"))
    /// `TypeError`
    public static let typeError = Kind(name: "TypeError", tag: UInt8(ascii: "T"))
    /// `URIError`
    public static let uriError = Kind(name: "URIError", tag: UInt8(ascii: "U"))

    static let tagged = [evalError, rangeError, referenceError, syntaxError, typeError, uriError]
  }

  /// Kind of error: its standard constructor.
  public var kind: Kind
  /// The message, or nil if the error has none of its own.
  public var message: CloneString?
  /// The stack trace as text, or nil.
  public var stack: CloneString?
  /// The `cause`, any value, or nil if the error has none.
  public var cause: CloneValue?

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - kind: Kind of error.
  ///   - message: The message.
  ///   - stack: The stack trace as text.
  ///   - cause: The value that caused the error.
  public init(
    _ kind: Kind = .error, message: CloneString?, stack: CloneString? = nil, cause: CloneValue? = nil
  ) {
    self.kind = kind
    self.message = message
    self.stack = stack
    self.cause = cause
  }

  deinit {
    if hasNestedContainers { dismantleForDeinit() }
  }

  override var asValue: CloneValue { .error(self) }
  override var hasNestedContainers: Bool { cause?.isContainer ?? false }

  override func surrenderChildren(to pending: inout ContiguousArray<CloneValue>) {
    if let cause, cause.isContainer { pending.append(cause) }
    cause = nil
  }

  override func forEachChild(_ body: (CloneValue) -> Void) {
    if let cause { body(cause) }
  }
}
