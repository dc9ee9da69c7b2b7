// What the main process hands every web process when it starts.

import CMartletWebProcess

/// The initialization data, unpacked. The strings live as long as the variant, which is kept.
final class Configuration {
  /// The preload's world.
  let world: OpaquePointer
  /// Proves to the private scheme that a request comes from the preload's world.
  let key: Text
  /// The bridge's isolated half: evaluates to a function.
  let isolatedScript: Text
  /// The bridge's page half: evaluates to a function.
  let pageScript: Text
  /// The other worlds of every frame.
  let worlds = NumberedWorlds()
  /// Whether frames travel by a socket.
  let usesLane: Bool
  /// Every frame of this process that has had a window.
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
