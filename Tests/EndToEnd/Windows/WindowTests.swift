// Windows, and the lifetime of the app.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct WindowTests {
    @Test func `Closing the last window quits the app`() throws {
      let app = try AppUnderTest("SetTitle")
      try app.window(titled: "Hello World!").close()
      #expect(try app.waitForExit() == 0)
    }

    @Test func `window.close in the page closes the window`() throws {
      let ipc = try IpcApp()
      // The app may have ended before its answer to this is read.
      _ = try? ipc.window.evaluate("setTimeout(() => window.close()); 1")
      try ipc.app.waitForLog("closed \(ipc.window.id)")
      #expect(try ipc.app.waitForExit() == 0)
    }

    @Test func `A close listener can keep the window`() throws {
      let ipc = try IpcApp()
      _ = try ipc.invoke("refuse-to-close", as: CloneValue.self)
      // Once for each close: the listener itself closes the window, which is closing already.
      for times in 1...2 {
        try ipc.window.close()
        _ = try eventually("the listener to be asked") {
          ipc.app.log.split(separator: "\n").count { $0 == "refused to close" } == times ? true : nil
        }
      }
      #expect(try ipc.app.windows().count == 1)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      _ = try ipc.invoke("allow-to-close", as: CloneValue.self)
      try ipc.window.close()
      #expect(try ipc.app.waitForExit() == 0)
    }

    @Test func `A page that objects by beforeunload keeps its window, until it does not`() throws {
      let ipc = try IpcApp()
      try ipc.letPageObject()
      try ipc.window.close()
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      // A window that is waiting for its page does not ask it again.
      try ipc.window.wait(for: "asked", toBe: 1)
      try ipc.window.close()
      try ipc.window.wait(for: "asked", toBe: 2)
      #expect(try ipc.app.windows().count == 1)
      try ipc.window.evaluate("removeEventListener('beforeunload', stay); 1")
      try ipc.window.close()
      #expect(try ipc.app.waitForExit() == 0)
    }

    @Test func `A page that objects to being left for another one stays, and says so`() throws {
      let ipc = try IpcApp()
      try ipc.letPageObject()
      let end: String = try ipc.invoke("leave-for", "'other.html'")
      #expect(
        end
          == "ERR_ABORTED (-3) loading 'app://dev.martlet.tests.IpcTestApp/other.html' at \(ipc.window.url), "
          + "loading false"
      )
      #expect(try ipc.app.windows()[0].url == ipc.window.url)
      #expect(try ipc.invoke("execute", "'asked'", as: Int.self) == 1)
      try ipc.window.evaluate("removeEventListener('beforeunload', stay); 1")
      _ = try? ipc.invoke("leave-for", "'other.html'", as: CloneValue.self)
      _ = try ipc.app.window(titled: "Other page")
    }

    @Test func `A window has the size of its page and the title that it was given`() throws {
      let ipc = try IpcApp.shared()
      #expect(try String.decode(from: ipc.window.evaluate("innerWidth + 'x' + innerHeight")) == "800x600")
      for (width, height) in [(640, 480), (333, 222)] {
        let id: Int = try ipc.invoke("open-window-with", "\(width), \(height), 'A title'")
        let window = try #require(try ipc.app.windows().first { $0.id == id })
        #expect(window.title == "A title")
        _ = try ipc.invoke("load-in", "\(id), 'page.html'", as: CloneValue.self)
        try window.wait(for: "innerWidth + 'x' + innerHeight", toBe: "\(width)x\(height)")
        #expect(try ipc.app.windows().first { $0.id == id }?.title == "Test page")
      }
      // The default title is the app's name.
      let plain: Int = try ipc.invoke("open-window-with", "800, 600")
      #expect(try ipc.app.windows().first { $0.id == plain }?.title == "IpcTestApp")
    }

    @Test func `The first script of a page finds its window shown, and as large as it will be`() throws {
      let ipc = try IpcApp()
      for window in [ipc.window, try ipc.openWindow()] {
        #expect(try String.decode(from: window.evaluate("atStart")) == "visible 800x600")
      }
    }

    @Test func `A window that is hidden by who made it was visible, and stays hidden`() throws {
      let ipc = try IpcApp.shared()
      let id: Int = try ipc.invoke("shown-and-hidden-when-made")
      let window = try #require(try ipc.app.windows().first { $0.id == id })
      try window.wait(for: "window.atStart?.split(' ')[0]", toBe: "hidden")
      #expect(try ipc.app.windows().first { $0.id == id }?.isVisible == false)
    }

    @Test func `A size that no window can have is the nearest one that it can`() throws {
      let ipc = try IpcApp.shared()
      let id: Int = try ipc.invoke("open-window-with", "5_000_000_000, -7")
      let window = try #require(try ipc.app.windows().first { $0.id == id })
      _ = try ipc.invoke("load-in", "\(id), 'page.html'", as: CloneValue.self)
      try window.wait(for: "innerWidth > 800 && innerHeight < 50", toBe: true)
      #expect(!ipc.app.log.contains("CRITICAL"), "\(ipc.app.log)")
    }

    @Test func `A window that is destroyed is nobody's any more`() throws {
      let ipc = try IpcApp.shared()
      #expect(try ipc.invoke("is-forgotten-when-destroyed"))
    }

    @Test func `The inspector opens and closes`() throws {
      let ipc = try IpcApp.shared()
      _ = try ipc.invoke("devtools", "true", as: CloneValue.self)
      // An attached inspector makes the page smaller.
      try ipc.window.wait(for: "innerHeight < 500", toBe: true)
      #expect(try ipc.invoke("devtools", "false", as: Bool.self) == false)
      try ipc.window.wait(for: "innerHeight > 500", toBe: true)
    }

    @Test func `The page's title becomes the window's unless a listener prevents it`() throws {
      let ipc = try IpcApp()
      try ipc.window.evaluate("document.title = 'Second'")
      _ = try ipc.app.window(titled: "Second")
      _ = try ipc.invoke("keep-title", as: CloneValue.self)
      try ipc.window.evaluate("document.title = 'Third'")
      try ipc.window.wait(for: "document.title", toBe: "Third")
      #expect(try ipc.app.windows()[0].title == "Second")
    }

    @Test func `ready-to-show comes for a hidden window too`() throws {
      let ipc = try IpcApp.shared()
      let hidden: Int = try ipc.invoke("open-hidden-window")
      try ipc.app.waitForLog("ready-to-show \(hidden)\n")
      #expect(try ipc.app.windows().first { $0.id == hidden }?.isVisible == false)
    }

    @Test(arguments: ["missing.html", "app://elsewhere/page.html", "http://127.0.0.1:8199/", "nonsense"])
    func `ready-to-show comes when the first page cannot be had`(_ page: String) throws {
      let ipc = try IpcApp.shared()
      let id: Int = try ipc.invoke("open-hidden-window-that-fails", "'\(page)'")
      try ipc.app.waitForLog("ready-to-show \(id)\n")
      #expect(try ipc.app.windows().contains { $0.id == id })
    }

    @Test func `A window's position is known and chosen under X11`() throws {
      #expect(try IpcApp.shared().invoke("supports-window-position", as: Bool.self))
    }

    @Test func `Every path name has its place by the XDG rules`() throws {
      let home = try FolderForTest()
      try home.write("temporary/.keep", "")
      try home.write(
        "config/user-dirs.dirs",
        """
        XDG_DESKTOP_DIR="$HOME/Top"
        XDG_DOCUMENTS_DIR="$HOME/Papers"
        XDG_DOWNLOAD_DIR="$HOME/Loads"
        XDG_MUSIC_DIR="$HOME/Sounds"
        XDG_PICTURES_DIR="/elsewhere/Pictures"
        """)
      let ipc = try IpcApp(environment: [
        "HOME": home.path, "XDG_CONFIG_HOME": home.path + "/config", "XDG_DATA_HOME": home.path + "/data",
        "XDG_CACHE_HOME": home.path + "/cache", "XDG_STATE_HOME": home.path + "/state",
        "TMPDIR": home.path + "/temporary",
      ])
      let id = "dev.martlet.tests.IpcTestApp"
      // The kernel names programs by paths without links.
      let executable = String(cString: realpath(AppUnderTest.path(of: "ipc-test-app"), nil))
      let expected = [
        "home": "", "appData": "/config", "userData": "/config/\(id)", "sessionData": "/data/\(id)",
        "cache": "/cache/\(id)", "temp": "/temporary", "logs": "/state/\(id)/logs",
        "crashDumps": "/state/\(id)/crashes", "desktop": "/Top", "documents": "/Papers",
        "downloads": "/Loads", "music": "/Sounds",
        // The user has no such folder: the home folder.
        "videos": "",
      ].mapValues { home.path + $0 }.merging([
        "pictures": "/elsewhere/Pictures", "exe": executable, "module": executable,
      ]) { $1 }
      #expect(try ipc.invoke("paths", as: [String: String].self) == expected)
    }

    @Test(arguments: ["TwoWindows", "TwoWindowsPort"])
    func `Two windows talk, through the main process and by a port`(_ example: String) throws {
      let app = try AppUnderTest(example)
      let left = try app.window(titled: "Left")
      let right = try app.window(titled: "Right")
      try left.click("#text")
      try app.type("hello over there")
      try app.press("Return")
      try right.wait(for: "heard.innerText", toBe: "hello over there")
      try right.click("#text")
      try app.type("hello yourself")
      try app.press("Return")
      try left.wait(for: "heard.innerText", toBe: "hello yourself")
    }

    @Test func `The legacy variants answer`() throws {
      for example in ["LegacySend", "LegacySendSync"] {
        let app = try AppUnderTest(example)
        let window = try app.window()
        try window.wait(for: "document.getElementById('answer')?.innerText", toBe: "pong")
        try app.waitForLog("ping")
      }
    }

    @Test func `Ten thousand hops on GLib's loop, and silence when nothing happens`() throws {
      let check = try ToolRun("main-loop-check")
      #expect(check.status == 0)
      #expect(check.output.contains("hops=10000"))
      #expect(check.output.contains("slept=true"))
      #expect(check.output.contains("ended=true"))
      let idle = check.output.split(separator: "\n").first { $0.hasPrefix("idle-processor-milliseconds=") }
      #expect(idle.flatMap { Int($0.split(separator: "=")[1]) }.map { $0 < 100 } == true)
    }
  }
}
