// The worlds that scripts identify by number. 0 is the page's world; the others are isolated worlds, created
// on first use. A number identifies the same world in every frame of this process, for the process's
// lifetime.

import CMartletWebProcess

final class NumberedWorlds {
  private var isolated: [(id: Int32, world: OpaquePointer)] = []

  func world(_ id: Int32) -> OpaquePointer? {
    if id == 0 { return webkit_script_world_get_default() }
    for known in isolated where known.id == id { return known.world }
    guard let world = webkit_script_world_new() else { return nil }
    isolated.append((id, world))
    return world
  }
}
