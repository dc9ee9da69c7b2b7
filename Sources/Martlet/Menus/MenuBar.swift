// A menu shown as the menu bar of one window: a GMenu for GtkPopoverMenuBar, an action per item, and
// shortcuts.
//
// GMenu items cannot be changed. After a change of the menu the model is rebuilt once, when the loop is idle.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib

/// Shows one menu in one window.
final class MenuBar {
  /// The bar, which is replaced with its model: GtkPopoverMenuBar keeps a pointer to the item below the mouse
  /// pointer when it gets another model, and uses it after that item is freed (GTK 4.8 to 4.18).
  private(set) var widget: GObjectRef?
  private let menu: Menu
  private unowned let window: BrowserWindow
  private let actions = GObjectRef(adopting: UnsafeMutableRawPointer(g_simple_action_group_new()!))
  /// Shortcuts that take precedence over the page, and those that a text field in the page receives first.
  private var shortcuts: [GObjectRef] = []
  private var isRebuilding = false
  /// The names of the model's actions.
  private var actionNames: [String] = []
  /// Names are not reused, because GTK would show the old action's shortcut beside the new item.
  private static var lastAction = 0

  /// The name of the action group in the window.
  private static let group = "menu"

  init(_ menu: Menu, in window: BrowserWindow) {
    self.menu = menu
    self.window = window
    gtk_widget_insert_action_group(window.window.pointer(), Self.group, OpaquePointer(actions.raw))
    menu.observers[ObjectIdentifier(self)] = { [weak self] in self?.rebuildSoon() }
    build()
  }

  isolated deinit {
    menu.observers[ObjectIdentifier(self)] = nil
    guard !window.isDestroyed else { return }
    removeBar()
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
    removeBar()
    removeShortcuts()
    removeActions()
    shortcuts = [addShortcutController(GTK_PHASE_CAPTURE), addShortcutController(GTK_PHASE_BUBBLE)]
    let bar = GObjectRef(adopting: makeModel(menu)).use {
      GObjectRef(retaining: gtk_popover_menu_bar_new_from_model(asModel($0)))
    }
    widget = bar
    gtk_box_prepend(window.box.pointer(), bar.pointer())
    martlet_name_menu_items(bar.pointer())
    for popover in popovers { popover.onPopoverClosed { [weak self] in self?.menuClosed() } }
  }

  /// Closes the bar's menus and removes it from the window.
  private func removeBar() {
    guard let widget else { return }
    close()
    gtk_box_remove(window.box.pointer(), widget.pointer())
    self.widget = nil
  }

  /// The popovers of the bar's entries.
  private var popovers: [GObjectRef] {
    widget?.children.flatMap(\.children).filter {
      g_type_check_instance_is_a($0.pointer(), gtk_popover_get_type()) != 0
    } ?? []
  }

  private func menuClosed() {
    // Deferred, because another menu may be about to open; but before the next key event.
    MainLoop.whenTurnEnds { [weak self] in
      guard let self, let widget, !window.isDestroyed, martlet_open_popover(widget.pointer()) == nil else {
        return
      }
      giveKeyboardBack()
    }
  }

  /// Returns the keyboard focus to the page, if GTK has left it in the bar or nowhere.
  private func giveKeyboardBack() {
    guard let widget else { return }
    let focus = gtk_window_get_focus(window.window.pointer())
    if focus.map({ gtk_widget_is_ancestor($0, widget.pointer()) != 0 }) ?? true { window.focusPage() }
  }

  /// Closes open menus. A menu that is removed while open keeps
  /// grabbing all keys (GTK 4.8), and GTK later moves the focus of a removed widget to a widget that it
  /// chooses.
  private func close() {
    for popover in popovers { gtk_popover_popdown(popover.pointer()) }
    giveKeyboardBack()
  }

  private func addShortcutController(_ phase: GtkPropagationPhase) -> GObjectRef {
    let controller = gtk_shortcut_controller_new()!
    gtk_event_controller_set_propagation_phase(controller, phase)
    // The window takes over one reference; this one remains.
    let reference = GObjectRef(retaining: controller)
    g_object_ref(UnsafeMutableRawPointer(controller))
    gtk_widget_add_controller(window.window.pointer(), controller)
    return reference
  }

  private func removeShortcuts() {
    for controller in shortcuts { gtk_widget_remove_controller(window.window.pointer(), controller.opaque) }
    shortcuts = []
  }

  /// Removes the previous model's actions, which nothing refers to any more.
  private func removeActions() {
    for name in actionNames { actions.use { g_action_map_remove_action($0, name) } }
    actionNames = []
  }

  /// Makes the model of one menu, with a section for each group between separators. Empty sections are
  /// omitted.
  private func makeModel(_ menu: Menu) -> OpaquePointer {
    let model = g_menu_new()!
    for group in menu.items.filter(\.isVisible).split(whereSeparator: { $0.kind == .separator }) {
      // The top level has no sections: the unlabelled frame of a section would break the bar.
      if menu.parent == nil {
        for item in group { appendToBar(item, model) }
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

  /// Adds a top-level item. GTK's bar contains only menus, so another item gets a menu of its own.
  private func appendToBar(_ item: MenuItem, _ bar: OpaquePointer) {
    if item.submenu != nil { return append(item, to: bar) }
    GObjectRef(adopting: g_menu_new()!).use { menu in
      append(item, to: menu)
      g_menu_append_submenu(bar, Self.mnemonic(item.label), asModel(menu))
    }
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
      if let accelerator = self.accelerator(item.accelerator) {
        g_menu_item_set_attribute_value(entry, "accel", g_variant_new_string(accelerator.trigger))
      }
      for accelerator in shortcuts(for: item) { addShortcut(accelerator, of: item, for: action) }
    }
    g_menu_append_item(model, entry)
  }

  private func addAction(for item: MenuItem) -> String {
    Self.lastAction += 1
    let name = "item\(Self.lastAction)"
    actionNames.append(name)
    let hasState = item.kind == .checkbox || item.kind == .radio
    let action = GObjectRef(
      adopting: hasState
        ? g_simple_action_new_stateful(name, nil, g_variant_new_boolean(item.isChecked ? 1 : 0))
        : g_simple_action_new(name, nil))
    g_simple_action_set_enabled(action.opaque, item.isEnabled ? 1 : 0)
    action.onActionActivate { [weak item, weak window] in item?.activate(in: window) }
    action.use { g_action_map_add_action(OpaquePointer(actions.raw), $0) }
    return "\(Self.group).\(name)"
  }

  private func accelerator(_ accelerator: Accelerator?) -> Accelerator? {
    accelerator?.onKeyboard(Keyboard(of: window))
  }

  private func shortcuts(for item: MenuItem) -> [Accelerator] {
    guard let role = item.role else { return [item.accelerator].compactMap(accelerator) }
    if role.isHandledByPage { return [] }
    let second = item.accelerator == role.accelerator ? role.secondAccelerator : nil
    return [item.accelerator, second].compactMap(accelerator)
  }

  private func addShortcut(_ accelerator: Accelerator, of item: MenuItem, for action: String) {
    guard let trigger = gtk_shortcut_trigger_parse_string(accelerator.trigger) else { return }
    let isOfPageFirst = accelerator.isPlainKey || item.role?.leavesShortcutToPage == true
    let shortcut = gtk_shortcut_new(trigger, gtk_named_action_new(action))
    gtk_shortcut_controller_add_shortcut(shortcuts[isOfPageFirst ? 1 : 0].opaque, shortcut)
  }

  /// Converts Electron's mnemonic marker `&` to GTK's `_`.
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
  /// Shows a menu as this window's menu bar; nil for none.
  func installMenu(_ menu: Menu?) {
    // The old bar is freed first, because both use the window's only action group.
    menuBar = nil
    menuBar = menu.map { MenuBar($0, in: self) }
  }
}

extension GObjectRef {
  /// The child widgets.
  fileprivate var children: [GObjectRef] {
    var found: [GObjectRef] = []
    var next = gtk_widget_get_first_child(pointer())
    while let child = next {
      found.append(GObjectRef(retaining: child))
      next = gtk_widget_get_next_sibling(child)
    }
    return found
  }
}
