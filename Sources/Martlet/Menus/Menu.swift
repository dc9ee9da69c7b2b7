// Electron's Menu: a list of items, shown as the menu bar of every window.

public import MartletClone
public import MartletIPC

/// A menu: a list of items.
///
/// ```swift
/// Menu.applicationMenu = Menu([
///   .submenu(app.name, [.item("About") { showAbout() }, .separator, .role(.quit)])
/// ])
/// ```
///
/// Electron: `Menu`.
public final class Menu {
  /// The items, in order.
  public private(set) var items: [MenuItem]
  /// Called after a change in this menu or its submenus.
  var observers: [ObjectIdentifier: @MainActor () -> Void] = [:]
  weak var parent: Menu?

  /// Makes a menu from items. Electron: `Menu.buildFromTemplate`.
  ///
  /// - Parameter items: The items, in order.
  public init(_ items: [MenuItem] = []) {
    self.items = items
    items.forEach(adopt)
  }

  /// The menu bar of every window; nil for none. By default it has a File, an Edit, a View and a Window menu.
  /// A top-level item without a submenu is shown in a menu of its own, because GTK's menu bar contains only
  /// menus.
  ///
  /// Electron: `Menu.setApplicationMenu`, `getApplicationMenu`.
  public static var applicationMenu: Menu? = Menu([
    .role(.fileMenu), .role(.editMenu), .role(.viewMenu), .role(.windowMenu),
  ])
  {
    didSet { BrowserWindow.all.forEach { $0.installMenu(applicationMenu) } }
  }

  /// Adds an item at the end. Electron: `menu.append(menuItem)`.
  public func append(_ item: MenuItem) {
    adopt(item)
    items.append(item)
    changed()
  }

  /// Inserts an item at a position. Electron: `menu.insert(pos, menuItem)`.
  ///
  /// - Parameters:
  ///   - item: The item.
  ///   - position: Its index, from 0 to the number of items.
  /// - Throws: `MenuError` if the position is out of range.
  public func insert(_ item: MenuItem, at position: Int) throws(MenuError) {
    guard position >= 0 else {
      throw MenuError(code: .outOfRange, message: "Position \(position) cannot be less than 0")
    }
    guard position <= items.count else {
      throw MenuError(
        code: .outOfRange,
        message: "Position \(position) cannot be greater than the total MenuItem count, \(items.count)")
    }
    adopt(item)
    items.insert(item, at: position)
    changed()
  }

  /// Finds the item with an id in this menu and its submenus. Electron: `menu.getMenuItemById(id)`.
  public func menuItem(id: String) -> MenuItem? {
    for item in items {
      if item.id == id { return item }
      if let found = item.submenu?.menuItem(id: id) { return found }
    }
    return nil
  }

  private func adopt(_ item: MenuItem) {
    item.menu = self
    item.submenu?.parent = self
  }

  func changed() {
    observers.values.forEach { $0() }
    parent?.changed()
  }

  /// Unchecks the other radio items of the group. A group is a run of radio items between separators, with
  /// one checked item.
  func clearRadioGroup(of chosen: MenuItem) {
    for group in items.split(whereSeparator: { $0.kind == .separator })
    where group.contains(where: { $0 === chosen }) {
      for item in group where item !== chosen && item.kind == .radio && item.isChecked {
        item.isChecked = false
      }
    }
  }
}

/// A menu cannot make a change.
public struct MenuError: MartletError, Hashable {
  public let code: ErrorCode
  public let message: String
}

nonisolated extension ErrorCode {
  /// A number is out of range.
  public static let outOfRange: ErrorCode = "ERR_OUT_OF_RANGE"
}
