// The compatibility promise: the tutorial's own HTML, preload.js and renderer.js run unmodified with the
// Swift mains. The examples have the folders of an installed app, which this tests too.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop, .enabled(if: TutorialText.isThere)) struct TutorialTests {
    /// An example, installed with pages from the tutorial.
    private struct Installed {
      let folder: FolderForTest
      let app: AppUnderTest

      init(_ example: String, _ files: [String: String]) throws {
        folder = try FolderForTest()
        try folder.copyBuilt(example, to: "bin/\(example)")
        try folder.copyBuilt("libMartletRenderer.so", to: "lib/martlet/renderer/libMartletRenderer.so")
        for (name, text) in files { try folder.write("share/dev.martlet.examples.\(example)/\(name)", text) }
        app = try AppUnderTest(folder.path + "/bin/\(example)")
      }
    }

    private func pages(_ tutorial: TutorialText, _ pattern: String, preload: Int = 0, renderer: Int = 0)
      throws
      -> [String: String]
    {
      [
        "index.html": try tutorial.listing("index.html", after: pattern),
        "preload.js": try tutorial.listing("preload.js", after: pattern, number: preload),
        "renderer.js": try tutorial.listing("renderer.js", after: pattern, number: renderer),
      ]
    }

    @Test func `Pattern 1, renderer to main`() throws {
      let run = try Installed("SetTitle", pages(TutorialText(), "Pattern 1"))
      let window = try run.app.window(titled: "Hello World!")
      try window.click("#title")
      try run.app.type("The tutorial")
      try window.click("#btn")
      _ = try run.app.window(titled: "The tutorial")
    }

    @Test func `Pattern 2, renderer to main and back`() throws {
      let run = try Installed("OpenFile", pages(TutorialText(), "Pattern 2"))
      let window = try run.app.window(titled: "Dialog")
      try window.click("#btn")
      try run.app.dialog(titled: "Open File").choose(path: "/etc/hostname")
      try window.wait(for: "filePath.innerText", toBe: "/etc/hostname")
    }

    @Test func `Pattern 3, main to renderer, without and with the reply`() throws {
      let tutorial = try TutorialText()
      // The second preload is the shortcut without contextBridge; the third has the reply.
      for (preload, renderer) in [(0, 0), (2, 1)] {
        let run = try Installed(
          "MenuCounter", pages(tutorial, "Pattern 3", preload: preload, renderer: renderer))
        let window = try run.app.window(titled: "Menu Counter")
        try window.waitUntilPainted()
        try window.chooseMenu("MenuCounter", "Increment")
        try window.wait(for: "counter.innerText", toBe: "1")
        try window.chooseMenu("MenuCounter", "Decrement")
        try window.wait(for: "counter.innerText", toBe: "0")
        if renderer == 1 { try run.app.waitForLog("1\n0\n") }
      }
    }

    @Test func `Pattern 3 with the listener in the preload alone`() throws {
      let tutorial = try TutorialText()
      var files = try pages(tutorial, "Pattern 3", preload: 1)
      files["renderer.js"] = ""
      let run = try Installed("MenuCounter", files)
      let window = try run.app.window(titled: "Menu Counter")
      try window.waitUntilPainted()
      try window.chooseMenu("MenuCounter", "Increment")
      try window.wait(for: "counter.innerText", toBe: "1")
    }

    @Test func `The legacy ways, send with a reply and sendSync`() throws {
      let tutorial = try TutorialText()
      for (example, heading) in [
        ("LegacySend", "Using ipcRenderer.send"), ("LegacySendSync", "Using ipcRenderer.sendSync"),
      ] {
        let run = try Installed(
          example,
          [
            // These listings have no page; any page will do.
            "index.html": try tutorial.listing("index.html", after: "Pattern 1"), "renderer.js": "",
            "preload.js": try tutorial.listing("preload.js", after: heading),
          ])
        try run.app.waitForLog("pong")
        try run.app.waitForLog("ping")
      }
    }
  }
}
