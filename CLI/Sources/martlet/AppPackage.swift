// SwiftPM's description of a package.

import FoundationEssentials

struct AppPackage: Decodable {
  struct Product: Decodable {
    let name: String
    let type: Kind
  }

  /// `{"executable": null}`, or another key.
  struct Kind: Decodable {
    let isExecutable: Bool

    private enum CodingKeys: CodingKey { case executable }

    init(from decoder: any Decoder) throws {
      isExecutable = try decoder.container(keyedBy: CodingKeys.self).contains(.executable)
    }
  }

  let products: [Product]

  /// The executable's name for `swift run`, which takes arguments only after a name. Empty if there are
  /// several: without a name, SwiftPM reports that itself.
  static func executable(in folder: String) -> [String] {
    let describe = ["swift", "package", "--package-path", folder, "describe", "--type", "json"]
    guard let text = Programs.output(of: describe),
      let package = try? JSONDecoder().decode(AppPackage.self, from: Data(text.utf8))
    else { return [] }
    let names = package.products.filter(\.type.isExecutable).map(\.name)
    return names.count == 1 ? names : []
  }
}
