// Files over the app's own scheme: byte ranges, unusual names, and the same media types on every machine.

import Glibc
import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct AppSchemeTests {
    /// `status length Content-Range Content-Length`.
    private func answer(_ ipc: IpcApp, _ file: String, range: String? = nil, method: String = "GET") throws
      -> String
    {
      let headers = range.map { "{ Range: \(quoted($0)) }" } ?? "{}"
      return try String.decode(
        from: ipc.window.evaluate(
          """
          fetch(\(quoted(file)), { method: '\(method)', headers: \(headers) }).then(async response =>
            [response.status, (await response.arrayBuffer()).byteLength,
              response.headers.get('Content-Range'), response.headers.get('Content-Length')].join(' '))
          """))
    }

    @Test func `A range of any numbers is answered, and the app goes on`() throws {
      let folder = try SharedApps.pages()
      try folder.write("ten.txt", "0123456789")
      try folder.write("empty.txt", "")
      let ipc = try IpcApp.shared(folder.option)
      for (range, expected) in [
        ("bytes=0-9223372036854775807", "206 10 bytes 0-9/10 10"), ("bytes=9-9", "206 1 bytes 9-9/10 1"),
        ("bytes=3-", "206 7 bytes 3-9/10 7"), ("bytes=-4", "206 4 bytes 6-9/10 4"),
        ("bytes=-100", "206 10 bytes 0-9/10 10"), ("bytes=10-", "416 0 bytes */10 0"),
        ("bytes=-0", "416 0 bytes */10 0"), ("bytes=9223372036854775807-", "416 0 bytes */10 0"),
        ("bytes=5-2", "200 10  10"), ("bytes=0-1,3-4", "200 10  10"), ("lines=1-2", "200 10  10"),
      ] {
        #expect(try answer(ipc, "ten.txt", range: range) == expected, "\(range)")
      }
      #expect(try answer(ipc, "empty.txt", range: "bytes=0-9223372036854775807") == "416 0 bytes */0 0")
      #expect(try answer(ipc, "empty.txt") == "200 0  0")
      let text = try ipc.window.evaluate(
        "fetch('ten.txt', { headers: { Range: 'bytes=2-4' } }).then(response => response.text())")
      #expect(text.isEquivalent(to: "234"))
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }

    @Test func `HEAD says what GET would, and sends nothing`() throws {
      let ipc = try IpcApp.shared(SharedApps.pages().option)
      let length = try String.decode(
        from: ipc.window.evaluate("fetch('page.js').then(async page => String((await page.text()).length))"))
      #expect(try answer(ipc, "page.js", method: "HEAD") == "200 0  \(length)")
      #expect(try answer(ipc, "page.js", range: "bytes=0-1", method: "HEAD") == "200 0  \(length)")
      #expect(try answer(ipc, "missing.js", method: "HEAD").hasPrefix("404 0"))
    }

    @Test func `A long file's range is streamed: the app's loop turns, and its memory stays as it is`() throws
    {
      let megabytes = Int(getenv("MARTLET_TEST_MEGABYTES").map { String(cString: $0) } ?? "") ?? 256
      let folder = try PagesFolder()
      try folder.writeZeros("long.bin", count: megabytes << 20)
      let ipc = try IpcApp(folder.option)
      try ipc.window.evaluate("electron.ipcRenderer.invoke('strain-begin')", in: .preload)
      let read = try ipc.window.evaluate(
        """
        (async () => {
          const response = await fetch('long.bin', { headers: { Range: 'bytes=1048576-' } })
          let count = 0
          for (const reader = response.body.getReader();;) {
            const { done, value } = await reader.read()
            if (done) return [response.status, count]
            count += value.length
          }
        })()
        """, by: Deadline(seconds: 120))
      let strain: [Int] = try ipc.invoke("strain-end")
      print("strain: gap \(strain[0]) ms, \(strain[1] - strain[2]) kB more than \(strain[2])")
      #expect(read.isEquivalent(to: [206, .number(Double((megabytes - 1) << 20))] as CloneValue), "\(read)")
      // A former version needed three times the file's size, and blocked for as long as that took.
      #expect(strain[1] - strain[2] < 50_000 && strain[0] < 5000, "\(strain)")
    }

    @Test func `A page that does nothing but wait for a long file gets all of it`() throws {
      let folder = try SharedApps.pages()
      try folder.writeZeros("long.bin", count: 10 << 20)
      let ipc = try IpcApp.shared(folder.option)
      let length = try ipc.window.evaluate(
        """
        (() => {
          const request = new XMLHttpRequest()
          request.open('GET', 'long.bin', false)
          request.overrideMimeType('text/plain; charset=x-user-defined')
          request.send()
          return request.responseText.length
        })()
        """)
      #expect(length.isEquivalent(to: .number(Double(10 << 20))), "\(length)")
    }

    @Test func `Names are bytes: a link to a folder that only looks the same leads out`() throws {
      let folder = try SharedApps.pages()
      let outside = folder.path.replacing("\u{e9}", with: "e\u{301}")
      mkdir(outside, 0o755)
      guard let file = fopen(outside + "/secret.txt", "w") else { throw TestingError("no file") }
      fclose(file)
      try folder.link("to-secret.txt", to: "../cafe\u{301}/secret.txt")
      try folder.link("to-page.js", to: "page.js")
      try folder.write("parts/\u{301}accent.txt", "found")
      try folder.write("\u{301}accent.html", "<title>Accent</title>")
      let ipc = try IpcApp.shared(folder.option)
      for (path, status) in [
        ("to-secret.txt", 404), ("to-page.js", 200), ("parts/%CC%81accent.txt", 200),
        ("%CC%81accent.html", 200),
      ] {
        #expect(try answer(ipc, path).hasPrefix("\(status) "), "\(path)")
      }
      #expect(try ipc.invoke("load-in-new-window", quoted("\u{301}accent.html"), as: String.self) == "loaded")
    }

    @Test func `A hidden file, and a thing that is no file, is not served`() throws {
      let folder = try SharedApps.pages()
      for name in [".env", ".git/config", "parts/.hidden.js", ".well-known/app.json"] {
        try folder.write(name, "secret")
      }
      try folder.link("to-hidden.txt", to: ".env")
      try folder.link("to-zeros.txt", to: "/dev/zero")
      mkfifo(folder.path + "/pipe.txt", 0o600)
      // Another name of the preload.
      link(folder.path + "/preload.js", folder.path + "/linked.js")
      let ipc = try IpcApp.shared(folder.option)
      for path in [
        ".env", "%2eenv", ".git/config", "parts/.hidden.js", ".well-known/app.json", "to-hidden.txt",
        "to-zeros.txt", "pipe.txt", "preload.js", "linked.js",
      ] {
        #expect(try answer(ipc, path).hasPrefix("404 "), "\(path)")
      }
      #expect(
        try ipc.invoke("load-in-new-window", "'.well-known/app.json'", as: String.self).hasPrefix(
          "ERR_FILE_NOT_FOUND (-6)"))
    }

    @Test func `A port or a user makes another origin, which is not the app's`() throws {
      let ipc = try IpcApp("--no-policy")
      for authority in [
        "dev.martlet.tests.IpcTestApp:1234", "user@dev.martlet.tests.IpcTestApp",
        "user:word@dev.martlet.tests.IpcTestApp", "%64ev.martlet.tests.IpcTestApp",
      ] {
        let url = "app://\(authority)/page.html"
        #expect(
          try ipc.invoke("load-in-new-window", "'\(url)'", as: String.self).hasPrefix(
            "ERR_FILE_NOT_FOUND (-6)"),
          "\(url)")
        try ipc.window.evaluate("setTimeout(() => { location.href = '\(url)' }); 1")
        try ipc.app.waitForLog("refused: \(url)")
        let read = try ipc.window.evaluate(
          "fetch('\(url)').then(response => response.text(), () => '')")
        #expect(try !String.decode(from: read).contains("Test page"), "\(url)")
      }
      #expect(try ipc.app.windows()[0].title == "Test page")
    }

    @Test(arguments: [true, false])
    func `Pages work whatever the user's database of types says, and without one`(isThere: Bool) throws {
      let folder = try FolderForTest()
      try folder.write("none", "")
      if isThere {
        let types = ["js", "mjs", "html", "css"].map { "100:application/x-another:*.\($0)\n" }.joined()
        try folder.write("mime/globs2", types)
        try folder.write("mime/globs", types.replacing("100:", with: ""))
      }
      let environment = ["XDG_DATA_HOME": folder.path].merging(isThere ? [:] : ["XDG_DATA_DIRS": folder.path])
      { $1 }
      let ipc = try IpcApp(environment: environment)
      try ipc.window.wait(for: "window.fromPage", toBe: "page")
      try ipc.window.wait(for: "window.fromModule", toBe: 42)
      #expect(
        try ipc.window.evaluate("fetch('page.js').then(response => response.headers.get('Content-Type'))")
          .isEquivalent(to: "text/javascript"))
    }
  }
}
