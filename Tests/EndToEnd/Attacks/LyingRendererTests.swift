// A web process that makes false claims about the page it shows.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct LyingRendererTests {
    /// The test app, with web processes that make false claims where a document's URL requests it, and a
    /// window with a page of another origin.
    private struct Lying {
      let ipc: IpcApp
      let page: FramesPage
      let server: WebServerForTest
      private let installed: InstalledApp

      init() throws {
        installed = try InstalledApp(library: "Hostile/window/liar.c")
        ipc = try IpcApp(at: installed.executable, environment: ["LD_PRELOAD": installed.library])
        page = try FramesPage("one.html", in: ipc)
        server = try WebServerForTest(page: "<title>Elsewhere</title><body>")
        try load(server.origin + "/")
        try wait(for: [server.origin + "/"], "url")
      }

      func load(_ url: String) throws {
        _ = try ipc.invoke("load-frames", "\(page.id), '\(url)'", as: CloneValue.self)
      }

      /// Waits until a property of the window's frames has these values.
      func wait(for values: [String], _ fact: String) throws {
        _ = try eventually("the \(fact) to be \(values)") {
          try page.facts(fact, as: String.self) == values ? true : nil
        }
      }
    }

    @Test func `A process that claims the app's page or origin is ended, and the window can be used again`()
      throws
    {
      let lying = try Lying()
      // An honest announcement has no consequence.
      #expect(!lying.ipc.app.log.contains("the web process is gone"))
      for (number, lie) in ["main", "origin"].enumerated() {
        try lying.load("\(lying.server.origin)/?lie=\(lie)")
        let dropped = "dropped the renderer of \(lying.server.origin)/?lie=\(lie): it claims to show "
        try lying.ipc.app.waitForLog(dropped)
        _ = try eventually("the end of the process") {
          lying.ipc.app.log.components(of: "the web process is gone: killed") == number + 1 ? true : nil
        }
        try lying.load("\(lying.server.origin)/again")
        try lying.wait(for: [lying.server.origin + "/again"], "url")
        try lying.wait(for: [lying.server.origin], "origin")
      }
    }

    @Test func `While the app loads its own page, the foreign page that is still there stays foreign`() throws
    {
      let lying = try Lying()
      let (ipc, page) = (lying.ipc, lying.page)
      _ = try ipc.invoke("preloads-ran", as: CloneValue.self)
      // The app's next page is in another process, which takes some time to start.
      _ = try page.execute(
        """
        setInterval(() => {
          const frame = document.createElement('iframe')
          frame.name = 'lie=main'
          frame.srcdoc = 'lie'
          document.body.append(frame)
        }, 5)
        """, in: 0, as: CloneValue.self)
      let own = "app://dev.martlet.tests.IpcTestApp/frames/"
      try lying.load(own + "nested.html")
      let dropped = "dropped the renderer of \(lying.server.origin)/: it claims to show app://"
      _ = try eventually("the end of the page, or the next one") {
        let log = ipc.app.log
        return log.contains(dropped) || log.contains("did-frame-finish-load main nested.html") ? true : nil
      }
      try lying.load(own + "one.html?after")
      try ipc.app.waitForLog("did-frame-finish-load main one.html?after")
      let places = try [CloneValue].decode(from: ipc.invoke("preloads-ran", as: CloneValue.self))
        .map { try String.decode(from: $0[2]) }
      #expect(places.contains { $0.hasSuffix("one.html?after") })
      // Frames of the foreign page are at about:srcdoc.
      #expect(places.allSatisfy { $0.hasPrefix("app://") }, "\(places)")
      #expect(ipc.app.log.contains(dropped), "\(ipc.app.log)")
    }
  }
}
