// Electron's `Menu` and `MenuItem`.

internal import Martlet

extension Menu: NodeObject {
  static let table: AnyClassTable = ClassTable<Menu>("Menu") {
    $0.constructor { Menu() }
    $0.static("setApplicationMenu") { (menu: Menu?) in Menu.applicationMenu = menu }
    $0.static("getApplicationMenu") { Menu.applicationMenu }
    $0.method("insert") { (menu: Menu, position: Int, item: MenuItem) in try menu.insert(item, at: position) }
    $0.method("append") { (menu: Menu, item: MenuItem) in menu.append(item) }
    $0.property("items", \.items)
    $0.method("getMenuItemById") { (menu: Menu, id: String) in menu.menuItem(id: id) }
  }
}

extension MenuItem: NodeObject {
  static let table: AnyClassTable = ClassTable<MenuItem>("MenuItem") {
    $0.constructor { (options: NodeValue) in
      var values = MenuItemOptions()
      try MenuItemOptions.table.read(options, into: &values)
      return try values.item()
    }
    $0.property("id", \.id)
    $0.property("label", \.label)
    $0.property("type", \.kindName)
    $0.property("role", \.roleName)
    $0.property("accelerator", \.acceleratorText)
    $0.property("submenu", \.submenu)
    $0.property("enabled", \.isEnabled)
    $0.property("visible", \.isVisible)
    $0.property("checked", \.isChecked)
  }

  private var kindName: String { "\(kind)" }
  private var roleName: String? { role.map { "\($0)".lowercased() } }
  private var acceleratorText: String? { accelerator.map { "\($0)" } }
}

/// The options of a new item: Electron's `MenuItemConstructorOptions`.
struct MenuItemOptions {
  var label: String?
  var id: String?
  var type: String?
  var role: String?
  var accelerator: String?
  var submenu: Menu?
  var enabled = true
  var visible = true
  var checked = false

  static let table = OptionTable<MenuItemOptions> {
    $0.option("label", \.label)
    $0.option("id", \.id)
    $0.option("type", \.type)
    $0.option("role", \.role)
    $0.option("accelerator", \.accelerator)
    $0.option("submenu", \.submenu)
    $0.option("enabled", \.enabled)
    $0.option("visible", \.visible)
    $0.option("checked", \.checked)
  }

  func item() throws -> MenuItem {
    let accelerator = try accelerator.map { try Accelerator(parsing: $0) }
    if let role {
      guard let known = MenuRole(role) else {
        throw MenuItemError(message: "Martlet has no menu role '\(role)': give the item a click instead")
      }
      return .role(known, label: label, accelerator: accelerator)
    }
    let kind = try kind()
    guard kind == .separator || label != nil else { throw MenuItemError() }
    return MenuItem(
      kind, label: label ?? "", id: id, accelerator: accelerator, enabled: enabled, visible: visible,
      checked: checked, submenu: submenu,
      click: { item, window in
        NodeCallback.call("click") { [try item.toNode(), try window.toNode()] }
      })
  }

  private func kind() throws -> MenuItem.Kind {
    switch type {
    case nil: return submenu == nil ? .normal : .submenu
    case "normal": return .normal
    case "separator": return .separator
    case "submenu": return .submenu
    case "checkbox": return .checkbox
    case "radio": return .radio
    case let type?: throw MenuItemError(message: "Unknown menu item type: \(type)")
    }
  }
}

/// The options of a menu item are not those of any.
struct MenuItemError: Error, CustomStringConvertible {
  /// Electron's text.
  var message = "MenuItem must have either a label, role, or type"

  var description: String { message }
}
