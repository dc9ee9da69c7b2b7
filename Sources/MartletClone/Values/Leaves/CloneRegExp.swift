/// A JavaScript `RegExp`: its source and flags. `lastIndex` is not cloned.
public final class CloneRegExp: CloneNode {
  /// The flags of a regular expression.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The flags as V8's bits.
    public let rawValue: UInt32

    /// Makes flags from V8's bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// `g`
    public static let global = Flags(rawValue: 1 << 0)
    /// `i`
    public static let ignoreCase = Flags(rawValue: 1 << 1)
    /// `m`
    public static let multiline = Flags(rawValue: 1 << 2)
    /// `y`
    public static let sticky = Flags(rawValue: 1 << 3)
    /// `u`
    public static let unicode = Flags(rawValue: 1 << 4)
    /// `s`
    public static let dotAll = Flags(rawValue: 1 << 5)
    /// `d`
    public static let hasIndices = Flags(rawValue: 1 << 7)
    /// `v`
    public static let unicodeSets = Flags(rawValue: 1 << 8)

    /// The letters, in the order of JavaScript's `flags`.
    static let letters: [(Flags, String)] = [
      (.hasIndices, "d"), (.global, "g"), (.ignoreCase, "i"), (.multiline, "m"), (.dotAll, "s"),
      (.unicode, "u"), (.unicodeSets, "v"), (.sticky, "y"),
    ]

    /// All flags, except V8's private one for its linear engine.
    static let all = Flags(letters.map { $0.0 })

    /// Whether a RegExp may have this combination of flags.
    var isValid: Bool { isSubset(of: .all) && !isSuperset(of: [.unicode, .unicodeSets]) }

    /// The letters of the flags, as in JavaScript's `flags`.
    public var text: String { Self.letters.map { contains($0.0) ? $0.1 : "" }.joined() }
  }

  /// The `source`, as between the slashes of a literal. Its syntax is not checked.
  public let source: CloneString
  /// The flags.
  public let flags: Flags

  /// Makes a regular expression.
  ///
  /// - Parameters:
  ///   - source: The text between the slashes of a literal.
  ///   - flags: The flags.
  public init(source: CloneString, flags: Flags = []) {
    self.source = source
    self.flags = flags
  }

  override var asValue: CloneValue { .regExp(self) }
}
