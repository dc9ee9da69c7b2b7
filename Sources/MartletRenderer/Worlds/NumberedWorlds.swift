// The worlds that scripts name by number: 0 is the page's, the others are isolated ones that are made when
// they are first asked for. A number means the same world in every frame of this process, for as long as it
// lives.

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
