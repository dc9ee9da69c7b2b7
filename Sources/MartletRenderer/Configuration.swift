// The data that the main process gives every web process at its start.

import CMartletWebProcess

/// The unpacked initialization data. The strings point into the variant, which is kept for ever.
final class Configuration {
  /// The preload's world.
  let world: OpaquePointer
  /// Proves to the private scheme that a request comes from the preload's world.
  let key: Text
  /// The bridge's isolated half: evaluates to a function.
  let isolatedScript: Text
  /// The bridge's page half: evaluates to a function.
  let pageScript: Text
  /// The numbered worlds of all frames.
  let worlds = NumberedWorlds()
  /// Whether envelopes travel over a lane.
  let usesLane: Bool
  /// All frames of this process that have had a window.
  let frames = KnownFrames()

  init?(_ data: OpaquePointer) {
    guard let name = Text(lookUp: "world", in: data), let key = Text(lookUp: "key", in: data),
      let isolated = Text(lookUp: "isolated-script", in: data),
      let page = Text(lookUp: "page-script", in: data), let transport = Text(lookUp: "transport", in: data),
      let world = webkit_script_world_new_with_name(name.start)
    else { return nil }
    self.world = world
    self.key = key
    isolatedScript = isolated
    pageScript = page
    usesLane = transport.start[0] == CChar(UInt8(ascii: "l"))  // "lane" or "script-message"
  }
}

/// A NUL-terminated string inside a variant that is never released.
struct Text {
  let start: UnsafePointer<CChar>
  let length: Int

  init?(lookUp name: StaticString, in dictionary: OpaquePointer) {
    guard let found = g_variant_lookup_value(dictionary, name.cString, nil) else { return nil }
    var size: gsize = 0
    guard let start = g_variant_get_string(found, &size) else { return nil }
    self.start = start
    length = Int(size)
  }
}
