// A menu as the menu bar of one window: a GMenu for GtkPopoverMenuBar, an action per item, and shortcuts.
//
// GMenu items cannot be changed, so a change of the menu builds the model anew, once, when the loop is idle.

internal import CWebKit
internal import GLibKit

/// Shows one menu in one window.
final class MenuBar {
  let widget: GObjectRef
  private let menu: Menu
  private unowned let window: BrowserWindow
  private let actions = GObjectRef(adopting: UnsafeMutableRawPointer(g_simple_action_group_new()!))
  /// Shortcuts that a page must not swallow, and those that a text field in it must get first.
  private var shortcuts: [GObjectRef] = []
  private var isRebuilding = false
  private var lastAction = 0

  /// The name of the action group in the window.
  private static let group = "menu"

  init(_ menu: Menu, in window: BrowserWindow) {
    self.menu = menu
    self.window = window
    let empty = GObjectRef(adopting: g_menu_new()!)
    widget = GObjectRef(
      retaining: empty.use { gtk_popover_menu_bar_new_from_model(UnsafeMutablePointer($0)) })
    gtk_widget_insert_action_group(window.window.pointer(), Self.group, OpaquePointer(actions.raw))
    menu.observers[ObjectIdentifier(self)] = { [weak self] in self?.rebuildSoon() }
    build()
  }

  isolated deinit {
    menu.observers[ObjectIdentifier(self)] = nil
    guard !window.isDestroyed else { return }
    removeShortcuts()
    gtk_widget_insert_action_group(window.window.pointer(), Self.group, nil)
  }

  private func rebuildSoon() {
    guard !isRebuilding else { return }
    isRebuilding = true
    MainLoop.onIdle { [weak self] in
      self?.isRebuilding = false
      self?.build()
    }
  }

  private func build() {
    guard !window.isDestroyed else { return }
    removeShortcuts()
    removeActions()
    shortcuts = [addShortcutController(GTK_PHASE_CAPTURE), addShortcutController(GTK_PHASE_BUBBLE)]
    GObjectRef(adopting: makeModel(menu)).use {
      gtk_popover_menu_bar_set_menu_model(widget.opaque, asModel($0))
    }
  }

  private func addShortcutController(_ phase: GtkPropagationPhase) -> GObjectRef {
    let controller = gtk_shortcut_controller_new()!
    gtk_event_controller_set_propagation_phase(controller, phase)
    // The window adopts the reference that it is given; this one is ours.
    let reference = GObjectRef(retaining: controller)
    g_object_ref(UnsafeMutableRawPointer(controller))
    gtk_widget_add_controller(window.window.pointer(), controller)
    return reference
  }

  private func removeShortcuts() {
    for controller in shortcuts { gtk_widget_remove_controller(window.window.pointer(), controller.opaque) }
    shortcuts = []
  }

  /// Those of the model before this one: nothing names them any more.
  private func removeActions() {
    for number in 0..<lastAction {
      actions.use { g_action_map_remove_action($0, "item\(number + 1)") }
    }
    lastAction = 0
  }

  /// The model of one menu: a section between separators, without empty ones.
  private func makeModel(_ menu: Menu) -> OpaquePointer {
    let model = g_menu_new()!
    for group in menu.items.filter(\.isVisible).split(whereSeparator: { $0.kind == .separator }) {
      // The bar itself has no sections: a section's label-less frame would break it apart.
      if menu.parent == nil {
        for item in group { append(item, to: model) }
        continue
      }
      let section = g_menu_new()!
      for item in group { append(item, to: section) }
      g_menu_append_section(model, nil, asModel(section))
      g_object_unref(UnsafeMutableRawPointer(section))
    }
    return model
  }

  private func asModel(_ menu: OpaquePointer) -> UnsafeMutablePointer<GMenuModel> {
    UnsafeMutablePointer<GMenuModel>(menu)
  }

  private func append(_ item: MenuItem, to model: OpaquePointer) {
    let entry = g_menu_item_new(Self.mnemonic(item.label), nil)!
    defer { g_object_unref(UnsafeMutableRawPointer(entry)) }
    if let submenu = item.submenu {
      let below = makeModel(submenu)
      g_menu_item_set_submenu(entry, asModel(below))
      g_object_unref(UnsafeMutableRawPointer(below))
    } else {
      let action = addAction(for: item)
      g_menu_item_set_detailed_action(entry, action)
      if let accelerator = item.accelerator.flatMap(Accelerator.init) {
        g_menu_item_set_attribute_value(entry, "accel", g_variant_new_string(accelerator.trigger))
        if item.role?.isHandledByPage != true { addShortcut(accelerator, for: action) }
      }
    }
    g_menu_append_item(model, entry)
  }

  private func addAction(for item: MenuItem) -> String {
    lastAction += 1
    let name = "item\(lastAction)"
    let hasState = item.kind == .checkbox || item.kind == .radio
    let action = GObjectRef(
      adopting: hasState
        ? g_simple_action_new_stateful(name, nil, g_variant_new_boolean(item.isChecked ? 1 : 0))
        : g_simple_action_new(name, nil))
    g_simple_action_set_enabled(action.opaque, item.isEnabled ? 1 : 0)
    action.connect("activate", optionalPointer: { [weak item, weak window] in item?.activate(in: window) })
    action.use { g_action_map_add_action(OpaquePointer(actions.raw), $0) }
    return "\(Self.group).\(name)"
  }

  private func addShortcut(_ accelerator: Accelerator, for action: String) {
    guard let trigger = gtk_shortcut_trigger_parse_string(accelerator.trigger) else { return }
    let shortcut = gtk_shortcut_new(trigger, gtk_named_action_new(action))
    gtk_shortcut_controller_add_shortcut(shortcuts[accelerator.isPlainKey ? 1 : 0].opaque, shortcut)
  }

  /// Electron's `&` as GTK's `_`.
  static func mnemonic(_ label: String) -> String {
    var text = ""
    var rest = Substring(label)
    while let character = rest.popFirst() {
      switch character {
      case "&" where rest.first == "&":
        rest.removeFirst()
        text += "&"
      case "&": text += "_"
      case "_": text += "__"
      default: text.append(character)
      }
    }
    return text
  }
}

extension BrowserWindow {
  /// Shows `menu` as this window's menu bar; nil for none.
  func installMenu(_ menu: Menu?) {
    if let menuBar { gtk_box_remove(box.pointer(), menuBar.widget.pointer()) }
    // First the end of the old one: both use the window's one action group.
    menuBar = nil
    menuBar = menu.map { MenuBar($0, in: self) }
    if let menuBar { gtk_box_prepend(box.pointer(), menuBar.widget.pointer()) }
  }
}
