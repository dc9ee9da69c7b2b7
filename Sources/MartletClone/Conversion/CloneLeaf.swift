// Types that are one JavaScript value although `Codable` would take them apart.

/// A type whose own conversion is used wherever it is found inside a `Codable` type. It has no levels below
/// it.
package protocol CloneLeaf: CloneDecodable {}

/// Foundation's types that `Codable` alone would send as something else, in silence: a `Date` as a number,
/// `Data` as an array, a `URL` as an object. MartletFoundation makes each a `CloneLeaf`; without it they are
/// refused.
package enum FoundationType {
  private static let names: Set<String> = ["Date", "Data", "URL", "UUID"]

  /// The remedy for a type with this name; nil when it is none of Foundation's.
  ///
  /// - Parameter name: With its module, such as `Foundation.Date`.
  package static func remedy(for name: String) -> String? {
    guard name.hasPrefix("Foundation") else { return nil }
    let parts = name.split(separator: ".")
    guard parts.count == 2, ["Foundation", "FoundationEssentials"].contains(parts[0]),
      names.contains(String(parts[1]))
    else { return nil }
    return "import MartletFoundation to send and receive a \(parts[1])"
  }

  /// The same for a type. Its name is found without Foundation, which is not linked.
  static func remedy(for type: Any.Type) -> String? {
    remedy(for: _typeName(type, qualified: true))
  }
}
