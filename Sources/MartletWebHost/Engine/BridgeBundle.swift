// The bridge's modules as the two scripts that the renderer extension evaluates: plain CommonJS files, each
// in a function of its own, and a loader of ten lines. Only our own source text is put together here, never
// data.

internal import MartletBridge

enum BridgeBundle {
  /// Guards the realm, and evaluates to the page half of the membrane.
  static let pageScript =
    String(decoding: MartletBridge.realmGuard, as: UTF8.self)
    + String(decoding: MartletBridge.pageHalf, as: UTF8.self)

  /// Evaluates to `boot(native, pageHalf, key, name, isUnseen)`.
  static let isolatedScript: String = {
    let modules = MartletBridge.isolatedModules.map { name, source in
      "\"./\(name)\": function (require, module, exports) {\(String(decoding: source, as: UTF8.self))\n}"
    }
    return """
      (() => {
      const sources = { __proto__: null, \(modules.joined(separator: ",\n")) }
      const loaded = { __proto__: null }
      const require = name => {
        if (!loaded[name]) {
          loaded[name] = { exports: {} }
          sources[name](require, loaded[name], loaded[name].exports)
        }
        return loaded[name].exports
      }
      return require('./boot')
      })()
      """
  }()
}
