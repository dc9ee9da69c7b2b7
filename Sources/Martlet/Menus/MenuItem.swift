// One item of a menu: Electron's MenuItem. It is a pure model, shown by MenuBar.

/// An item of a menu. Its label, state and position can change while it is shown.
///
/// ```swift
/// .item("Increment", accelerator: "CmdOrCtrl+Up") { window.webContents.send("update-counter", 1) }
/// ```
///
/// Electron: `MenuItem`.
public final class MenuItem {
  /// The closure of an item. It is called with the item and the window whose menu bar was used.
  public typealias Click = @MainActor (MenuItem, BrowserWindow?) -> Void

  /// The kind of an item. Later versions may add kinds. Electron: `type`.
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
  /// The id by which `menu.menuItem(id:)` finds the item.
  public let id: String?
  /// The standard action of the item. Nil for an item with an action of its own.
  public let role: MenuRole?
  /// The keyboard shortcut.
  public let accelerator: Accelerator?
  /// The menu that this item opens. Nil for an item of another kind.
  public let submenu: Menu?
  /// The text. `&` precedes the letter that Alt selects; `&&` is an ampersand.
  public var label: String { didSet { changed() } }
  /// Whether the user can choose the item. Electron: `enabled`.
  public var isEnabled: Bool { didSet { changed() } }
  /// Whether the menu shows the item.
  public var isVisible: Bool { didSet { changed() } }
  /// Whether a checkbox or a radio item is checked. Checking a radio item unchecks the others of its group.
  /// Electron: `checked`.
  public var isChecked: Bool {
    didSet {
      if kind == .radio, isChecked { menu?.clearRadioGroup(of: self) }
      changed()
    }
  }
  let click: Click?
  weak var menu: Menu?

  package init(
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

  /// Makes an item that runs a closure when the user chooses it.
  ///
  /// - Parameters:
  ///   - label: The text.
  ///   - id: The id by which `menu.menuItem(id:)` finds the item.
  ///   - accelerator: The keyboard shortcut.
  ///   - enabled: Whether the user can choose the item.
  ///   - visible: Whether the menu shows the item.
  ///   - click: The closure.
  public static func item(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, enabled: Bool = true,
    visible: Bool = true,
    click: @escaping @MainActor () -> Void
  ) -> MenuItem {
    MenuItem(
      .normal, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      click: { _, _ in click() })
  }

  /// Makes an item whose closure receives the item and the focused window.
  public static func item(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, enabled: Bool = true,
    visible: Bool = true,
    click: @escaping Click
  ) -> MenuItem {
    MenuItem(
      .normal, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      click: click)
  }

  /// Makes an item with a check mark. Choosing it toggles the mark before `click` runs.
  public static func checkbox(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, checked: Bool = false,
    enabled: Bool = true, visible: Bool = true, click: @escaping Click = { _, _ in }
  ) -> MenuItem {
    MenuItem(
      .checkbox, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      checked: checked, click: click)
  }

  /// Makes an item of a group in which exactly one is checked. The group is the run of radio items around it,
  /// up to a separator.
  public static func radio(
    _ label: String, id: String? = nil, accelerator: Accelerator? = nil, checked: Bool = false,
    enabled: Bool = true, visible: Bool = true, click: @escaping Click = { _, _ in }
  ) -> MenuItem {
    MenuItem(
      .radio, label: label, id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      checked: checked, click: click)
  }

  /// A line between groups of items.
  public static var separator: MenuItem { MenuItem(.separator) }

  /// Makes an item that opens a submenu.
  public static func submenu(
    _ label: String, id: String? = nil, enabled: Bool = true, visible: Bool = true, _ items: [MenuItem]
  ) -> MenuItem {
    MenuItem(.submenu, label: label, id: id, enabled: enabled, visible: visible, submenu: Menu(items))
  }

  /// Makes a standard item. Its label, shortcut and action come from its role.
  ///
  /// - Parameters:
  ///   - role: The standard action, or a standard menu.
  ///   - label: A text instead of the role's.
  ///   - accelerator: A shortcut instead of the role's.
  public static func role(_ role: MenuRole, label: String? = nil, accelerator: Accelerator? = nil) -> MenuItem
  {
    if let items = role.defaultSubmenu {
      return MenuItem(.submenu, label: label ?? role.label, role: role, submenu: Menu(items))
    }
    return MenuItem(
      .normal, label: label ?? role.label, role: role, accelerator: accelerator ?? role.accelerator,
      click: { _, window in role.execute(window) })
  }

  /// The user has chosen the item in a window.
  func activate(in window: BrowserWindow?) {
    switch kind.value {
    case .checkbox: isChecked.toggle()
    case .radio: isChecked = true
    case .normal, .submenu, .separator: break
    }
    click?(self, window)
  }
}
