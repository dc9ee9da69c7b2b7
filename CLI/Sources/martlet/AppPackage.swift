// What SwiftPM says of a package.

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

  /// What `swift run` is to start: it takes arguments only after a name. Where there are more than one it
  /// says so itself, when it is given none.
  static func executable(in folder: String) -> [String] {
    let describe = ["swift", "package", "--package-path", folder, "describe", "--type", "json"]
    guard let text = Programs.output(of: describe),
      let package = try? JSONDecoder().decode(AppPackage.self, from: Data(text.utf8))
    else { return [] }
    let names = package.products.filter(\.type.isExecutable).map(\.name)
    return names.count == 1 ? names : []
  }
}
