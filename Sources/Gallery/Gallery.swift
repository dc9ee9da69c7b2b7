// The Gallery: one live page for each feature of Martlet, with its own code beside it.

import Martlet

@main enum Gallery {
  /// Pages in the order of the side bar. To add a page, add a file in Pages, a folder in Resources/gallery,
  /// and a line here.
  static let pages: [any DemoPage.Type] = [
    Start.self,
    SetTitle.self, OpenFile.self, MenuCounter.self, TwoWindows.self, Legacy.self,
    Values.self, Bridge.self, Ports.self, Dialogs.self, Menus.self,
  ]

  static func main() {
    App.run(id: "dev.martlet.Gallery", name: "Gallery", resources: "gallery") { app in
      ipcMain.on("gallery:pages") { event in event.returnValue = pages.map(PageEntry.init) }
      ipcMain.handle("gallery:code") { (_, id: String) throws -> [CodeFile] in
        guard let page = pages.first(where: { $0.id == id }) else { throw UnknownPage(id: id) }
        return try page.code(app)
      }
      pages.forEach { $0.start(app) }
      Menu.applicationMenu = menu(app)

      @MainActor func createWindow() {
        let window = BrowserWindow {
          $0.size = Size(width: 1180, height: 740)
          $0.webPreferences.preload = app.resource("preload.js")
        }
        // `gallery set-title` begins there.
        let first = pages.first { $0.id == app.arguments.first } ?? pages[0]
        window.loadFile(first.file)
      }

      createWindow()
      app.on(.activate) { if BrowserWindow.all.isEmpty { createWindow() } }
      app.on(.windowAllClosed) { app.quit() }
    }
  }

  /// The menu bar: all pages by name, and the pages' own menus.
  private static func menu(_ app: App) -> Menu {
    // There are only ten digits for accelerators.
    let go = pages.enumerated().map { index, page in
      MenuItem.item(
        page.title, accelerator: index < 10 ? try? Accelerator(parsing: "CmdOrCtrl+\((index + 1) % 10)") : nil
      ) {
        _, window in
        window?.loadFile(page.file)
      }
    }
    return Menu(
      [.submenu(app.name, [.role(.quit)]), .role(.editMenu), .role(.viewMenu), .submenu("Go", go)]
        + pages.compactMap { $0.menu() })
  }
}

/// A page's entry in the side bar.
struct PageEntry: Codable, CloneCodable {
  let id: String
  let title: String
  let group: String

  init(_ page: any DemoPage.Type) {
    id = page.id
    title = page.title
    group = page.group
  }
}

struct UnknownPage: Error, CustomStringConvertible {
  let id: String
  var description: String { "the Gallery has no page '\(id)'" }
}
