// Electron's Menu: a list of items, shown as the menu bar of every window.

public import MartletClone
public import MartletIPC

/// A menu.
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
  /// Called after anything in this menu or below it has changed.
  var observers: [ObjectIdentifier: @MainActor () -> Void] = [:]
  weak var parent: Menu?

  /// Makes a menu of items. Electron: `Menu.buildFromTemplate`.
  public init(_ items: [MenuItem] = []) {
    self.items = items
    items.forEach(adopt)
  }

  /// The menu bar of every window; nil for none. Until it is set, a File, an Edit, a View and a Window menu. An item of
  /// the bar itself that has no submenu is shown in one of its own: GTK's bar has menus only.
  ///
  /// Electron: `Menu.setApplicationMenu`, `getApplicationMenu`.
  public static var applicationMenu: Menu? = Menu([
    .role(.fileMenu), .role(.editMenu), .role(.viewMenu), .role(.windowMenu),
  ])
  {
    didSet { BrowserWindow.all.forEach { $0.installMenu(applicationMenu) } }
  }

  /// Adds an item at the end.
  public func append(_ item: MenuItem) {
    adopt(item)
    items.append(item)
    changed()
  }

  /// Adds an item so that it is at `position`.
  ///
  /// - Throws: `MenuError` for a position that the menu does not have.
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

  /// The item with this id, here or in a submenu.
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

  /// The runs of radio items between separators, of which each has one that is checked.
  func clearRadioGroup(of chosen: MenuItem) {
    for group in items.split(whereSeparator: { $0.kind == .separator })
    where group.contains(where: { $0 === chosen }) {
      for item in group where item !== chosen && item.kind == .radio && item.isChecked {
        item.isChecked = false
      }
    }
  }
}

/// A change that a menu cannot make.
public struct MenuError: MartletError, Hashable {
  public let code: ErrorCode
  public let message: String
}

nonisolated extension ErrorCode {
  /// A number that is less or greater than it may be.
  public static let outOfRange: ErrorCode = "ERR_OUT_OF_RANGE"
}
