// Standard items with their label, shortcut and action: Electron's roles, as on Linux.

internal import CMartletWebKit
internal import MartletGLib
internal import Glibc
internal import MartletWebHost

/// A standard action of an item. Later versions may add roles. Electron: `role`.
public nonisolated struct MenuRole: Hashable, Sendable, CustomStringConvertible {
  enum Role: String, CaseIterable {
    case undo, redo, cut, copy, paste, pasteAndMatchStyle, delete, selectAll
    case reload, forceReload, toggleDevTools, resetZoom, zoomIn, zoomOut, toggleFullScreen
    case minimize, close, quit
    case fileMenu, editMenu, viewMenu, windowMenu
  }

  let role: Role

  fileprivate init(role: Role) { self.role = role }

  /// The role that Electron spells like this, in any case of its letters; nil if there is none.
  package init?(_ name: String) {
    guard let role = Role.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
      return nil
    }
    self.role = role
  }

  /// Electron's name, such as `toggleDevTools`.
  public var description: String { role.rawValue }

  /// Undoes the last edit in the page.
  public static let undo = MenuRole(role: .undo)
  /// Redoes the last undone edit in the page.
  public static let redo = MenuRole(role: .redo)
  /// Cuts the selection in the page.
  public static let cut = MenuRole(role: .cut)
  /// Copies the selection in the page.
  public static let copy = MenuRole(role: .copy)
  /// Pastes into the page.
  public static let paste = MenuRole(role: .paste)
  /// Pastes into the page as plain text.
  public static let pasteAndMatchStyle = MenuRole(role: .pasteAndMatchStyle)
  /// Deletes the selection in the page.
  public static let delete = MenuRole(role: .delete)
  /// Selects everything in the page.
  public static let selectAll = MenuRole(role: .selectAll)
  /// Reloads the page.
  public static let reload = MenuRole(role: .reload)
  /// Reloads the page without its cache.
  public static let forceReload = MenuRole(role: .forceReload)
  /// Opens or closes the inspector.
  public static let toggleDevTools = MenuRole(role: .toggleDevTools)
  /// Resets the page's zoom factor to 1.
  public static let resetZoom = MenuRole(role: .resetZoom)
  /// Zooms in by half a zoom level, a factor of 1.2^0.5.
  public static let zoomIn = MenuRole(role: .zoomIn)
  /// Zooms out by half a zoom level, a factor of 1.2^0.5.
  public static let zoomOut = MenuRole(role: .zoomOut)
  /// Makes the window full screen, or ends that.
  public static let toggleFullScreen = MenuRole(role: .toggleFullScreen)
  /// Minimizes the window.
  public static let minimize = MenuRole(role: .minimize)
  /// Closes the window.
  public static let close = MenuRole(role: .close)
  /// Quits the app.
  public static let quit = MenuRole(role: .quit)
  /// A File menu with its standard items.
  public static let fileMenu = MenuRole(role: .fileMenu)
  /// An Edit menu with its standard items.
  public static let editMenu = MenuRole(role: .editMenu)
  /// A View menu with its standard items.
  public static let viewMenu = MenuRole(role: .viewMenu)
  /// A Window menu with its standard items.
  public static let windowMenu = MenuRole(role: .windowMenu)

  /// The label of an item without one of its own.
  public var label: String {
    switch role {
    case .undo: "Undo"
    case .redo: "Redo"
    case .cut: "Cut"
    case .copy: "Copy"
    case .paste: "Paste"
    case .pasteAndMatchStyle: "Paste and Match Style"
    case .delete: "Delete"
    case .selectAll: "Select All"
    case .reload: "Reload"
    case .forceReload: "Force Reload"
    case .toggleDevTools: "Toggle Developer Tools"
    case .resetZoom: "Actual Size"
    case .zoomIn: "Zoom In"
    case .zoomOut: "Zoom Out"
    case .toggleFullScreen: "Toggle Full Screen"
    case .minimize: "Minimize"
    case .close: "Close"
    case .quit: "Quit"
    case .fileMenu: "File"
    case .editMenu: "Edit"
    case .viewMenu: "View"
    case .windowMenu: "Window"
    }
  }

  /// The shortcut of an item without one of its own.
  public var accelerator: Accelerator? {
    switch role {
    case .undo: "CommandOrControl+Z"
    case .redo: "Shift+CommandOrControl+Z"
    case .cut: "CommandOrControl+X"
    case .copy: "CommandOrControl+C"
    case .paste: "CommandOrControl+V"
    case .pasteAndMatchStyle: "Shift+CommandOrControl+V"
    case .selectAll: "CommandOrControl+A"
    case .reload: "CmdOrCtrl+R"
    case .forceReload: "Shift+CmdOrCtrl+R"
    case .toggleDevTools: "Ctrl+Shift+I"
    case .resetZoom: "CommandOrControl+0"
    case .zoomIn: "CommandOrControl+Plus"
    case .zoomOut: "CommandOrControl+-"
    case .toggleFullScreen: "F11"
    case .minimize: "CommandOrControl+M"
    case .close: "CommandOrControl+W"
    case .quit: "CommandOrControl+Q"
    case .delete, .fileMenu, .editMenu, .viewMenu, .windowMenu: nil
    }
  }

  /// A second shortcut, for keyboards on which `+` needs Shift.
  var secondAccelerator: Accelerator? {
    self == .zoomIn ? "CommandOrControl+=" : nil
  }

  /// Whether the shortcut is only shown, because the engine handles it already.
  var isHandledByPage: Bool {
    switch role {
    case .cut, .copy, .paste, .pasteAndMatchStyle, .selectAll: true
    default: false
    }
  }

  /// Whether the page receives the shortcut first. An editor in the page may implement undo itself; the
  /// engine does not.
  var leavesShortcutToPage: Bool {
    self == .undo || self == .redo
  }

  /// The items of a role that is a menu.
  @MainActor var defaultSubmenu: [MenuItem]? {
    switch role {
    case .fileMenu: [.role(.quit)]
    case .editMenu:
      [
        .role(.undo), .role(.redo), .separator, .role(.cut), .role(.copy), .role(.paste), .role(.delete),
        .separator, .role(.selectAll),
      ]
    case .viewMenu:
      [
        .role(.reload), .role(.forceReload), .role(.toggleDevTools), .separator, .role(.resetZoom),
        .role(.zoomIn), .role(.zoomOut), .separator, .role(.toggleFullScreen),
      ]
    case .windowMenu: [.role(.minimize), .role(.close)]
    default: nil
    }
  }

  private var editingCommand: String? {
    switch role {
    case .undo: "Undo"
    case .redo: "Redo"
    case .cut: "Cut"
    case .copy: "Copy"
    case .paste: "Paste"
    case .pasteAndMatchStyle: "PasteAsPlainText"
    case .delete: "Delete"
    case .selectAll: "SelectAll"
    default: nil
    }
  }

  @MainActor func execute(_ window: BrowserWindow?) {
    if self == .quit { return App.current?.quit() ?? () }
    guard let window, !window.isDestroyed else { return }
    let view: UnsafeMutablePointer<WebKitWebView> = window.webContents.host.view.pointer()
    if let editingCommand { return webkit_web_view_execute_editing_command(view, editingCommand) }
    switch role {
    case .reload: window.webContents.reload()
    case .forceReload: webkit_web_view_reload_bypass_cache(view)
    case .toggleDevTools: window.webContents.toggleDevTools()
    case .resetZoom: webkit_web_view_set_zoom_level(view, 1)
    case .zoomIn: zoom(view, by: 0.5)
    case .zoomOut: zoom(view, by: -0.5)
    case .toggleFullScreen:
      if gtk_window_is_fullscreen(window.window.pointer()) != 0 {
        gtk_window_unfullscreen(window.window.pointer())
      } else {
        gtk_window_fullscreen(window.window.pointer())
      }
    case .minimize: gtk_window_minimize(window.window.pointer())
    case .close: window.close()
    default: break
    }
  }

  /// Zooms by a number of Electron's zoom levels. A level is a factor of 1.2.
  @MainActor private func zoom(_ view: UnsafeMutablePointer<WebKitWebView>, by levels: Double) {
    webkit_web_view_set_zoom_level(view, webkit_web_view_get_zoom_level(view) * pow(1.2, levels))
  }
}
