// The bridge's bundles as the two scripts that the renderer extension evaluates: plain CommonJS files, each
// in a function of its own, and the bridge's loader. Only our own source text is put together here, never
// data.

internal import MartletBridge

enum BridgeBundle {
  /// Guards the realm, and evaluates to the page's half of the membrane.
  static let pageScript = strict(text(of: .page, entry: "page"))

  /// Evaluates to `boot(native, pageHalf, key, name, isUnseen)`. The guards are a function of their own in
  /// it, whose text the numbered worlds get.
  static let isolatedScript = strict(
    "\(text(of: .isolated, entry: "boot"))(() => {\(strict(text(of: .guards, entry: "isolated-world")))\n})")

  private static func strict(_ script: String) -> String { "'use strict';" + script }

  /// An expression whose value is what the entry module exports.
  private static func text(of bundle: Bundle, entry: String) -> String {
    let sources = MartletBridge.modules.filter { $0.bundles.contains(bundle) }.map { name, _, source in
      "\"\(name)\": function (require, module, exports) {\(String(decoding: source, as: UTF8.self))\n}"
    }
    let loader = String(decoding: MartletBridge.loader, as: UTF8.self)
    return "(\n\(loader)\n)({ __proto__: null, \(sources.joined(separator: ",\n")) }, \"\(entry)\")"
  }
}
