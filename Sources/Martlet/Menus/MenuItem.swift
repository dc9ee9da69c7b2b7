// One entry of a menu: Electron's MenuItem. Pure model; MenuBar shows it.

/// An entry of a menu, whose label, state and place can change while it is shown.
///
/// ```swift
/// .item("Increment", accelerator: "CmdOrCtrl+Up") { window.webContents.send("update-counter", 1) }
/// ```
public final class MenuItem {
  /// What an entry does when it is chosen.
  public typealias Click = @MainActor (MenuItem, BrowserWindow?) -> Void

  /// Electron: `type`. There may be more in later versions.
  public nonisolated struct Kind: Hashable, Sendable, CustomStringConvertible {
    enum Value: String { case normal, separator, submenu, checkbox, radio }
    let value: Value
    public var description: String { value.rawValue }

    /// An item that runs a closure.
    public static let normal = Kind(value: .normal)
    /// A line between groups of items.
    public static let separator = Kind(value: .separator)
    /// An item that opens a submenu.
    public static let submenu = Kind(value: .submenu)
    /// An item with a check mark.
    public static let checkbox = Kind(value: .checkbox)
    /// One item of a group in which exactly one is checked.
    public static let radio = Kind(value: .radio)
  }

  /// The kind of this item. Electron: `type`.
  public let kind: Kind
  /// Finds the item again: `menu.menuItem(id:)`.
  public let id: String?
  /// The standard action of the item. Nil for an item with an action of its own.
  public let role: MenuRole?
  /// The shortcut.
  public let accelerator: Accelerator?
  /// The menu that this item opens. Nil for an item of another kind.
  public let submenu: Menu?
  /// The text; `&` comes before the letter that Alt chooses, `&&` is an ampersand.
  public var label: String { didSet { changed() } }
  /// Whether the item can be chosen.
  public var isEnabled: Bool { didSet { changed() } }
  /// Whether the menu shows the item.
  public var isVisible: Bool { didSet { changed() } }
  /// The state of a checkbox or a radio item. Setting a radio item clears the others of its group.
  public var isChecked: Bool {
    didSet {
      if kind == .radio, isChecked { menu?.clearRadioGroup(of: self) }
      changed()
    }
  }
  let click: Click?
  weak var menu: Menu?

  init(
    _ kind: Kind, label: String = "", id: String? = nil, role: MenuRole? = nil,
    accelerator: Accelerator? = nil,
    enabled: Bool = true, visible: Bool = true, checked: Bool = false, submenu: Menu? = nil,
    click: Click? = nil
  ) {
    self.kind = kind
    self.label = label
    self.id = id
    self.role = role
    self.accelerator = accelerator
    self.isEnabled = enabled
    self.isVisible = visible
    self.isChecked = checked
    self.submenu = submenu
    self.click = click
  }

  private func changed() { menu?.changed() }

  // MARK: For templates

  /// An item that does something when it is chosen.
  public static func item(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, enabled: Bool = true,
    visible: Bool = true,
    click: @escaping @MainActor () -> Void
  ) -> MenuItem {
    MenuItem(
      .normal, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      click: { _, _ in click() })
  }

  /// An item that is told which one it is and which window has the focus.
  public static func item(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, enabled: Bool = true,
    visible: Bool = true,
    click: @escaping Click
  ) -> MenuItem {
    MenuItem(
      .normal, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      click: click)
  }

  /// An item with a mark that choosing it sets and clears, before `click` runs.
  public static func checkbox(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, checked: Bool = false,
    enabled: Bool = true, visible: Bool = true, click: @escaping Click = { _, _ in }
  ) -> MenuItem {
    MenuItem(
      .checkbox, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      checked: checked, click: click)
  }

  /// One of several, of which one is chosen: the radio items around it, up to a separator.
  public static func radio(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, checked: Bool = false,
    enabled: Bool = true, visible: Bool = true, click: @escaping Click = { _, _ in }
  ) -> MenuItem {
    MenuItem(
      .radio, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      checked: checked, click: click)
  }

  /// A line between groups.
  public static var separator: MenuItem { MenuItem(.separator) }

  /// A menu within the menu.
  public static func submenu(
    _ label: String, id: String? = nil, enabled: Bool = true, visible: Bool = true, _ items: [MenuItem]
  ) -> MenuItem {
    MenuItem(.submenu, label: label, id: id, enabled: enabled, visible: visible, submenu: Menu(items))
  }

  /// An item that the desktop's users know: its label, shortcut and action come with the role.
  public static func role(_ role: MenuRole, label: String? = nil, accelerator: Accelerator? = nil) -> MenuItem
  {
    if let items = role.defaultSubmenu {
      return MenuItem(.submenu, label: label ?? role.label, role: role, submenu: Menu(items))
    }
    return MenuItem(
      .normal, label: label ?? role.label, role: role, accelerator: accelerator ?? role.accelerator,
      click: { _, window in role.execute(window) })
  }

  /// Chosen by the user, in `window`.
  func activate(in window: BrowserWindow?) {
    switch kind.value {
    case .checkbox: isChecked.toggle()
    case .radio: isChecked = true
    case .normal, .submenu, .separator: break
    }
    click?(self, window)
  }
}
