// What the main process believes of a web process that lies of the page that it shows.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct LyingRendererTests {
    /// The test app with web processes that lie where the address of a document says so.
    private struct Lying {
      let folder: FolderForTest
      let ipc: IpcApp

      init() throws {
        folder = try FolderForTest()
        let tests = #filePath.replacing("/EndToEnd/LyingRendererTests.swift", with: "")
        try folder.copyBuilt("ipc-test-app", to: "bin/ipc-test-app")
        let renderer = "lib/martlet/renderer"
        try folder.copyBuilt("libMartletRenderer.so", to: renderer + "/libMartletRenderer.so")
        let liar = folder.path + "/" + renderer + "/libLiar.so"
        let made = try ToolRun(
          "/bin/sh", "-ec",
          """
          clang -shared -fPIC -O1 -Wall -Werror "$0/Hostile/window/liar.c" -o "$1" \
            $(pkg-config --cflags --libs webkitgtk-web-process-extension-6.0)
          mkdir -p "$2"
          cp -r "$0/Pages"/. "$2"
          """, tests, liar, folder.path + "/share/dev.martlet.tests.IpcTestApp")
        guard made.status == 0 else { throw TestingError("no liar: \(made.output)") }
        ipc = try IpcApp(at: folder.path + "/bin/ipc-test-app", environment: ["LD_PRELOAD": liar])
      }
    }

    /// A page of another origin that has a script's time.
    private static let page = "<title>Elsewhere</title><body>"

    @Test(arguments: ["main", "origin"])
    func `A process that says that its page is the app's is ended`(_ lie: String) throws {
      let lying = try Lying()
      let page = try FramesPage("one.html", in: lying.ipc)
      let server = try WebServerForTest(page: Self.page)
      // One that says what is so is not.
      _ = try lying.ipc.invoke("load-frames", "\(page.id), '\(server.origin)/'", as: CloneValue.self)
      _ = try eventually("the page in the main frame") {
        try page.facts("url", as: String.self) == [server.origin + "/"] ? true : nil
      }
      #expect(!lying.ipc.app.log.contains("the web process is gone"))
      _ = try lying.ipc.invoke(
        "load-frames", "\(page.id), '\(server.origin)/?lie=\(lie)'", as: CloneValue.self)
      try lying.ipc.app.waitForLog("the web process is gone: killed")
      #expect(
        lying.ipc.app.log.contains(
          "dropped the renderer of \(server.origin)/?lie=\(lie): it says that it shows "),
        "\(lying.ipc.app.log)")
      // The window can be used again.
      _ = try lying.ipc.invoke("load-frames", "\(page.id), '\(server.origin)/again'", as: CloneValue.self)
      _ = try eventually("the next page in the main frame") {
        try page.facts("origin", as: String.self) == [server.origin] ? true : nil
      }
    }

    @Test func `While the app loads a page of its own, the page that is still there is none`() throws {
      let lying = try Lying()
      let page = try FramesPage("one.html", in: lying.ipc)
      let server = try WebServerForTest(page: Self.page)
      _ = try lying.ipc.invoke("load-frames", "\(page.id), '\(server.origin)/'", as: CloneValue.self)
      _ = try eventually("the page in the main frame") {
        try page.facts("url", as: String.self) == [server.origin + "/"] ? true : nil
      }
      _ = try lying.ipc.invoke("preloads-ran", as: CloneValue.self)
      // The app's next page takes a process of its own, which takes its time.
      _ = try page.execute(
        """
        setInterval(() => {
          const frame = document.createElement('iframe')
          frame.name = 'lie=main'
          frame.srcdoc = 'lie'
          document.body.append(frame)
        }, 5)
        """, in: 0, as: CloneValue.self)
      _ = try lying.ipc.invoke(
        "load-frames", "\(page.id), 'app://dev.martlet.tests.IpcTestApp/frames/nested.html'",
        as: CloneValue.self)
      let dropped = "dropped the renderer of \(server.origin)/: it says that it shows app://"
      _ = try eventually("the end of the page, or the next one") {
        let log = lying.ipc.app.log
        return log.contains(dropped) || log.contains("did-frame-finish-load main nested.html") ? true : nil
      }
      _ = try lying.ipc.invoke(
        "load-frames", "\(page.id), 'app://dev.martlet.tests.IpcTestApp/frames/one.html?after'",
        as: CloneValue.self)
      try lying.ipc.app.waitForLog("did-frame-finish-load main one.html?after")
      let places = try [CloneValue].decode(from: lying.ipc.invoke("preloads-ran", as: CloneValue.self))
        .map { try String.decode(from: $0[2]) }
      #expect(places.contains { $0.hasSuffix("one.html?after") })
      // Frames of the foreign page are at about:srcdoc.
      #expect(places.allSatisfy { $0.hasPrefix("app://") }, "\(places)")
      #expect(lying.ipc.app.log.contains(dropped), "\(lying.ipc.app.log)")
    }
  }
}
