import CMartletSignal
import CMartletWebKit
import MartletGLib
import Testing

/// Signals of GLib's own classes: no display is needed.
@Suite("A signal's handler")
struct SignalTests {
  private let action = GObjectRef(adopting: g_simple_action_new("test", nil))

  private func refusal(_ connect: () throws -> SignalToken) -> String? {
    do {
      _ = try connect()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test
  func `A signal's handler is called with the signal's arguments`() throws {
    var heard = 0
    try action.connectSignal(checking: "activate", .unread(martlet_type_variant)) { _ in heard += 1 }
    action.onActionActivate { heard += 10 }
    g_action_activate(action.opaque, nil)
    #expect(heard == 11)

    let address = GObjectRef(adopting: g_simple_action_group_new())
    var names: [String] = []
    try address.connectSignal(checking: "action-added", .text(limit: 2)) { names.append($0) }
    g_action_map_add_action(address.opaque, action.opaque)
    #expect(names == ["te…"])
  }

  @Test
  func `A signal's handler with another number of arguments is refused`() {
    #expect(
      refusal { try action.connectSignal(checking: "activate") {} }
        == "GSimpleAction::activate has 1 argument, the handler takes 0")
    #expect(
      refusal { try action.connectSignal(checking: "activate", .int, .int) { (_: Int32, _: Int32) in } }
        == "GSimpleAction::activate has 1 argument, the handler takes 2")
  }

  @Test
  func `A signal's handler with an argument of another type is refused`() {
    #expect(
      refusal { try action.connectSignal(checking: "activate", .int) { (_: Int32) in } }
        == "GSimpleAction::activate: argument 1 is GVariant, the handler takes gint")
    let group = GObjectRef(adopting: g_simple_action_group_new())
    #expect(
      refusal {
        try group.connectSignal(
          checking: "action-enabled-changed", .text(limit: 1), .object(g_simple_action_get_type())
        ) { (_: String, _: OpaquePointer) in }
      } == "GActionGroup::action-enabled-changed: argument 2 is gboolean, the handler takes GSimpleAction")
  }

  @Test
  func `A signal's handler with another result is refused`() {
    #expect(
      refusal {
        try action.connectSignal(checking: "activate", .unread(martlet_type_variant)) { _ in true }
      } == "GSimpleAction::activate returns void, the handler gboolean")
  }

  @Test
  func `A signal's handler of an unknown signal, detail or property is refused`() {
    #expect(
      refusal { try action.connectSignal(checking: "activated") {} }
        == "GSimpleAction has no signal 'activated'")
    #expect(
      refusal { try action.connectSignal(checking: "notify::title", .property) { _ in } }
        == "GSimpleAction has no property 'title'")
    #expect(
      refusal {
        try action.connectSignal(checking: "activate::now", .unread(martlet_type_variant)) { _ in }
      } != nil)
  }

  @Test
  func `A signal's handler may take a base class of an argument`() throws {
    let store = GObjectRef(adopting: g_list_store_new(g_object_get_type()))
    let cancellable = GObjectRef(adopting: g_cancellable_new())
    #expect(
      refusal { try store.connectSignal(checking: "notify::item-type", .unread(martlet_type_param)) { _ in } }
        == nil)
    #expect(refusal { try cancellable.connectSignal(checking: "cancelled") {} } == nil)
  }

  @Test
  func `A signal's handler is released when it is disconnected, refused, or its object ends`() throws {
    let before = AnyClosureBox.live
    var heard = 0
    let token = action.onActionActivate { heard += 1 }
    #expect(AnyClosureBox.live == before + 1)
    token.disconnect()
    #expect(AnyClosureBox.live == before)
    g_action_activate(action.opaque, nil)
    #expect(heard == 0)
    token.disconnect()

    _ = refusal { try action.connectSignal(checking: "activate") {} }
    #expect(AnyClosureBox.live == before)

    var other: GObjectRef? = GObjectRef(adopting: g_cancellable_new())
    let last = try other?.connectSignal(checking: "cancelled") {}
    #expect(AnyClosureBox.live == before + 1)
    other = nil
    #expect(AnyClosureBox.live == before)
    last?.disconnect()
  }

  @Test
  func `A signal's handler may disconnect itself`() {
    let before = AnyClosureBox.live
    var token: SignalToken?
    var heard = 0
    token = action.onActionActivate {
      heard += 1
      token?.disconnect()
    }
    g_action_activate(action.opaque, nil)
    g_action_activate(action.opaque, nil)
    #expect(heard == 1)
    #expect(AnyClosureBox.live == before)
  }
}
