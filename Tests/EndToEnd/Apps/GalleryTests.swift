// The Gallery, driven by pointer and keyboard. Every page works as shown, and its code is beside it.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop, OneGallery()) struct GalleryTests {
    /// Every page by its id, with the title it is opened by.
    static let pages = [
      ("start", "Welcome"), ("set-title", "Set the title"), ("open-file", "Open a file"),
      ("menu-counter", "Count from a menu"), ("two-windows", "Two windows"), ("legacy", "Older ways"),
      ("values", "Values"), ("bridge", "Context bridge"), ("ports", "Message ports"), ("dialogs", "Dialogs"),
      ("menus", "Menus"),
    ]

    @Test func `The side bar leads to every page, and none complains`() throws {
      let gallery = try GalleryApp()
      for (id, title) in Self.pages {
        try gallery.open(id)
        #expect(try gallery.window().title == title)
        try gallery.wait("document.querySelectorAll('[role=tab]').length", toBe: 4)
      }
      try gallery.wait("document.querySelectorAll('nav a').length", toBe: Self.pages.count)
      #expect(!gallery.app.log.contains("WARNING"), "\(gallery.app.log)")
      #expect(!gallery.app.log.contains("Error"), "\(gallery.app.log)")
    }

    @Test func `The code that is shown is the code that runs`() throws {
      let gallery = try GalleryApp.shared("set-title")
      try gallery.wait(
        "document.getElementById('code').textContent",
        toBe: FolderForTest.read("Sources/Gallery/Pages/SetTitle.swift"))
      for (index, file) in ["preload.js", "index.html", "renderer.js"].enumerated() {
        try gallery.window().click("[role=tab]:nth-child(\(index + 2))")
        try gallery.wait(
          "document.getElementById('code').textContent",
          toBe: FolderForTest.read("Resources/gallery/set-title/" + file))
      }
    }

    @Test func `Pages are reached by shortcut, and the side bar and the tabs by arrow keys`() throws {
      let gallery = try GalleryApp.shared("start")
      try gallery.window().click("h1")
      try gallery.app.press("ctrl+6")
      try gallery.wait("document.title", toBe: "Older ways")

      try gallery.wait("document.activeElement.id", toBe: "send")
      try gallery.evaluate("document.querySelector('nav [aria-current]').focus()")
      try gallery.app.press("Down", "Return")
      try gallery.wait("document.title", toBe: "Values")

      try gallery.wait("document.querySelectorAll('[role=tab]').length", toBe: 4)
      try gallery.evaluate("document.querySelector('[role=tab]').focus()")
      try gallery.app.press("Right", "Right")
      try gallery.wait("document.querySelector('[aria-selected=true]').lastChild.data", toBe: "index.html")
    }

    @Test(arguments: ["Adwaita", "Adwaita:dark"])
    func `At 800 by 600 every page can be read, light and dark`(_ theme: String) throws {
      let gallery = try GalleryApp(theme: theme)
      try gallery.window().resize(width: 800, height: 600)
      try gallery.wait("innerWidth", toBe: 800)
      for (id, _) in Self.pages {
        try gallery.load(id)
        try gallery.wait("document.querySelectorAll('[role=tab]').length", toBe: 4)
        try gallery.wait(
          "document.documentElement.scrollWidth <= 800 && document.querySelector('main').scrollWidth <= "
            + "document.querySelector('main').clientWidth", toBe: true)
        let tooPale = try [String].decode(from: gallery.evaluate(Self.tooPale))
        #expect(tooPale.isEmpty, "\(id) has text too pale to read: \(tooPale)")
      }
      try gallery.wait("matchMedia('(prefers-color-scheme: dark)').matches", toBe: theme == "Adwaita:dark")
    }

    /// The pieces of text with less than WCAG's contrast of 4.5 to 1 against what is behind them.
    private static let tooPale = """
      (() => {
        const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
        const over = (colors) => {
          context.clearRect(0, 0, 1, 1)
          for (const color of colors) { context.fillStyle = color; context.fillRect(0, 0, 1, 1) }
          return context.getImageData(0, 0, 1, 1).data
        }
        const light = colors => {
          const [r, g, b] = [...over(colors)].map(v => v / 255).map(v => v <= 0.04 ? v / 12.92 : ((v \
            + 0.055) / 1.055) ** 2.4)
          return 0.2126 * r + 0.7152 * g + 0.0722 * b
        }
        const ground = getComputedStyle(document.documentElement).getPropertyValue('--ground')
        const side = getComputedStyle(document.documentElement).getPropertyValue('--side')
        const pale = []
        for (const element of document.body.querySelectorAll('*')) {
          const text = [...element.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join('')
          if (!text || !element.checkVisibility() || ['OPTION', 'SCRIPT'].includes(element.tagName)) continue
          const behind = []
          for (let at = element; at !== document.body; \
            at = at.parentElement) behind.unshift(getComputedStyle(at).backgroundColor)
          behind.unshift(element.closest('nav') ? side : ground)
          const [a, b] = [light(behind), light([...behind, getComputedStyle(element).color])].sort((x, y) => \
            y - x)
          if ((a + 0.05) / (b + 0.05) < 4.5) pale.push(`${text.slice(0, 30)} ${((a + 0.05) / (b + \
      0.05)).toFixed(2)}`)
        }
        return pale
      })()
      """

    // MARK: What the pages do

    @Test func `Pattern 1 sets the title of the Gallery's own window`() throws {
      let gallery = try GalleryApp.shared("set-title")
      try gallery.window().click("#title")
      try gallery.app.type("Martlets")
      try gallery.app.press("Return")
      _ = try gallery.app.window(titled: "Martlets")
    }

    @Test func `Pattern 2 answers with the path that the dialog gave`() throws {
      let gallery = try GalleryApp.shared("open-file")
      try gallery.choose("/etc/hostname", in: "Open File", until: "filePath.innerText")
    }

    @Test func `Pattern 3 counts from the menu bar and by shortcut`() throws {
      let gallery = try GalleryApp.shared("menu-counter")
      try gallery.window().waitUntilPainted()
      try gallery.window().chooseMenu("Counter", "Increment")
      try gallery.wait("counter.innerText", toBe: "1")
      try gallery.window().click("h1")
      try gallery.app.press("ctrl+Up", "ctrl+Up", "ctrl+Down")
      try gallery.app.waitForLog("The counter is at 3\nThe counter is at 2")
      try gallery.wait("counter.innerText", toBe: "2")
    }

    @Test func `Pattern 4 passes what one window says to the other`() throws {
      let gallery = try GalleryApp("two-windows")
      try gallery.window().click("#btn")
      let right = try gallery.app.window(titled: "Right")
      let left = try gallery.app.window(titled: "Left")
      try left.click("#text")
      try gallery.app.type("hello")
      try gallery.app.press("Return")
      try right.wait(for: "heard.innerText.trim()", toBe: "hello")
      try gallery.wait("passed.innerText.trim()", toBe: "Left to Right: hello", in: "Two windows")
    }

    @Test func `The older ways answer too`() throws {
      let gallery = try GalleryApp.shared("legacy")
      try gallery.window().click("#send")
      try gallery.wait("answer.innerText", toBe: "pong, 4 letters")
      try gallery.window().click("#sendSync")
      try gallery.wait("answer.innerText", toBe: "pong, 12 letters")
    }

    @Test func `Every value comes back as it went, but for the one that cannot be cloned`() throws {
      let gallery = try GalleryApp.shared("values")
      let names = try [String].decode(
        from: gallery.evaluate("[...sample.options].map(option => option.value)"))
      #expect(names.count == 11)
      for name in names where name != "A function" {
        try gallery.evaluate("sample.value = '\(name)'; sample.dispatchEvent(new Event('change'))")
        try gallery.window().click("#send")
        try gallery.wait("here.innerText !== '' && back.innerText === here.innerText", toBe: true)
      }
      try gallery.evaluate("sample.value = 'A function'; sample.dispatchEvent(new Event('change'))")
      try gallery.window().click("#send")
      try gallery.wait("back.innerText", toBe: "An object could not be cloned.")
      try gallery.window().click("#wrong")
      try gallery.wait("error.innerText.includes('values:area')", toBe: true)
    }

    @Test func `The bridge's checks say what they should`() throws {
      let gallery = try GalleryApp.shared("bridge")
      try gallery.wait(
        "[...document.querySelectorAll('#checks td:nth-child(2)')].map(cell => cell.innerText)",
        toBe: [
          "undefined", "undefined", "person, add, later, callMe, fail", "true", "Ada", "undefined", "5",
          "a promise", "called by the preload", "no", "undefined",
        ])
    }

    @Test func `A page and a window talk by a port until the window is closed, with the keyboard alone`()
      throws
    {
      let gallery = try GalleryApp("ports")
      let page = try gallery.window(titled: "Message ports")
      try page.waitUntilPainted()
      try page.focus()
      try gallery.wait("document.activeElement.id", toBe: "connect")
      try gallery.app.press("Return")
      let window = try gallery.app.window(titled: "The other end")
      try window.waitUntilPainted()
      try page.wait(for: "text.disabled + ' ' + document.activeElement.id", toBe: "false text")

      try window.focus()
      try window.wait(for: "document.hasFocus() && document.activeElement.id", toBe: "text")
      try gallery.app.type("hello")
      try gallery.app.press("Return")
      try page.wait(for: "lines.innerText.trim()", toBe: "The window: hello")

      try page.focus()
      try page.wait(for: "document.hasFocus()", toBe: true)
      try gallery.app.type("hello to you")
      try gallery.app.press("Return")
      try window.wait(for: "lines.innerText.trim()", toBe: "hello to you")

      try window.close()
      try page.wait(for: "lines.lastChild.innerText", toBe: "The window has closed its end.")
      try page.wait(for: "connect.disabled + ' ' + document.activeElement.id", toBe: "false connect")
    }

    @Test func `The dialog is as the page asked`() throws {
      let gallery = try GalleryApp.shared("dialogs")
      try gallery.window().click("#folders")
      try gallery.choose("/etc", in: "Choose", until: "paths.innerText.trim()")
    }

    @Test func `The menu and the page are in step, both ways`() throws {
      let gallery = try GalleryApp.shared("menus")
      try gallery.window().waitUntilPainted()
      try gallery.window().chooseMenu("Shape", "Square")
      try gallery.wait("document.querySelector('[name=shape]:checked').value", toBe: "Square")
      try gallery.window().click("#filled")
      try gallery.wait("drawing.firstChild.getAttribute('fill')", toBe: "none")
      try gallery.window().chooseMenu("Shape", "Filled")
      try gallery.wait("drawing.firstChild.getAttribute('fill')", toBe: "var(--accent)")
      try gallery.window().click("h1")
      try gallery.app.press("ctrl+t")
      try gallery.wait("drawing.firstChild.getAttribute('transform')", toBe: "rotate(45)")
    }
  }
}

/// The Gallery, running.
private struct GalleryApp {
  let app: AppUnderTest

  init(_ page: String = "start", theme: String = "Adwaita") throws {
    app = try AppUnderTest("Gallery", arguments: [page], environment: ["GTK_THEME": theme])
    _ = try app.window(titled: EndToEnd.GalleryTests.pages.first { $0.0 == page }?.1)
    try wait("document.readyState", toBe: "complete")
  }

  func window(titled title: String? = nil) throws -> WindowUnderTest { try app.window(titled: title) }

  @discardableResult
  func evaluate(_ code: String) throws -> CloneValue { try window().evaluate(code) }

  func wait<T: CloneDecodable & Equatable>(
    _ code: String, toBe expected: T, in title: String? = nil
  ) throws {
    try window(titled: title).wait(for: code, toBe: expected)
  }

  /// Opens the page's file dialog and types a path, again where GTK's completion came in between, until the
  /// page shows it.
  func choose(_ path: String, in title: String, until code: String) throws {
    _ = try eventually("the page to have \(path)", by: Deadline(seconds: 90)) {
      try window().click("#btn")
      try app.dialog(titled: title).choose(path: path)
      return try? eventually("the answer", by: Deadline(seconds: 5)) {
        try String.decode(from: evaluate(code)) == path ? true : nil
      }
    }
  }

  /// Clicks on a page's name in the side bar and waits until it is there.
  func open(_ id: String) throws {
    try follow(id) { try window().click("nav a[href='../\(id)/index.html']") }
  }

  /// Follows a page's link in the side bar without the pointer.
  func load(_ id: String) throws {
    try follow(id) { try evaluate("document.querySelector(`nav a[href='../\(id)/index.html']`).click()") }
  }

  private func follow(_ id: String, _ link: () throws -> Void) throws {
    try wait("document.querySelectorAll('nav a').length", toBe: EndToEnd.GalleryTests.pages.count)
    try evaluate("globalThis.isLeft = true")
    try link()
    try wait(
      "document.readyState === 'complete' && globalThis.isLeft === undefined && gallery.page", toBe: id)
  }
}

extension GalleryApp {
  /// The Gallery of the tests that need no process of their own.
  nonisolated(unsafe) fileprivate static var sharedGallery: GalleryApp?

  /// That Gallery, on a page: started there, or led there by the side bar.
  static func shared(_ page: String) throws -> GalleryApp {
    if let sharedGallery, sharedGallery.app.isRunning {
      try sharedGallery.open(page)
      return sharedGallery
    }
    let gallery = try GalleryApp(page)
    sharedGallery = gallery
    return gallery
  }
}

/// Ends the shared Gallery with its suite.
private struct OneGallery: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable () async throws -> Void
  ) async throws {
    defer { GalleryApp.sharedGallery = nil }
    try await body()
  }
}
