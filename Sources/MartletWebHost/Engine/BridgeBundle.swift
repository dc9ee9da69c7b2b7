// The bridge's bundles as the two scripts that the renderer extension evaluates. Each CommonJS file becomes a
// function of its own, followed by the bridge's loader. The scripts contain only our own source text, never
// data.

internal import MartletBridge

enum BridgeBundle {
  /// Guards the realm. Evaluates to the page's half of the membrane.
  static let pageScript = strict(text(of: .page, entry: "page"))

  /// Evaluates to `boot(native, pageHalf, key, name, isUnseen)`. It contains the guards as a separate
  /// function, whose text is also evaluated in the numbered worlds.
  static let isolatedScript = strict(
    "\(text(of: .isolated, entry: "boot"))(() => {\(strict(text(of: .guards, entry: "isolated-world")))\n})")

  private static func strict(_ script: String) -> String { "'use strict';" + script }

  /// An expression that evaluates to the exports of the entry module.
  private static func text(of bundle: Bundle, entry: String) -> String {
    let sources = MartletBridge.modules.filter { $0.bundles.contains(bundle) }.map { name, _, source in
      "\"\(name)\": function (require, module, exports) {\(String(decoding: source, as: UTF8.self))\n}"
    }
    let loader = String(decoding: MartletBridge.loader, as: UTF8.self)
    return "(\n\(loader)\n)({ __proto__: null, \(sources.joined(separator: ",\n")) }, \"\(entry)\")"
  }
}
