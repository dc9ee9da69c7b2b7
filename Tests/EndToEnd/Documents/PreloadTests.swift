// The environment of a preload script: §1.5 of electron-surface.md.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct PreloadTests {
    private let pages = Checkout.tests + "/Pages"

    @Test(arguments: Transport.allCases)
    func `require finds Electron, three of Node's modules, and files of the app's folder`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      for name in ["electron", "electron/renderer", "electron/common"] {
        #expect(try ipc.preload("require('\(name)').ipcRenderer === electron.ipcRenderer"))
      }
      for name in ["events", "timers", "url"] {
        #expect(try ipc.preload("require('\(name)') === require('node:\(name)')"))
      }
      #expect(try ipc.preload("new (require('events'))() instanceof require('events').EventEmitter"))
      #expect(try ipc.preload("require('./parts/part.js').name.name") == "a name")
      #expect(try ipc.preload("require('./parts/part') === require('./parts/part.js')"))
    }

    @Test(arguments: Transport.allCases) func `require of anything else throws module not found`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      for name in [
        "fs", "node:fs", "./missing.js", "../../Package.swift", "../EndToEnd/Support/EndToEnd.swift",
        "/etc/passwd",
        "./link-outside",
      ] {
        #expect(
          try ipc.failure("(() => require('\(name)'))()") == "Error: module not found: \(name)", "\(name)")
      }
    }

    @Test(arguments: Transport.allCases) func `process tells what a sandboxed preload may know`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try ipc.preload("[process.type, process.platform].join()") == "renderer,linux")
      #expect(try ipc.preload("process.contextIsolated && process.sandboxed && process.isMainFrame"))
      #expect(
        try ipc.preload("typeof process.versions.webkit + typeof process.versions.martlet") == "stringstring")
      #expect(try ipc.preload("process.argv.length > 0 && process.env.HOME === undefined"))
      // `loaded` arrives after the preload has run.
      #expect(try ipc.preload("loadedAtEnd"))
    }

    @Test(arguments: Transport.allCases)
    func `process tells how much memory the page's process has, in kilobytes`(transport: Transport) throws {
      let ipc = try IpcApp.shared(over: transport)
      let numbers: [Int] = try ipc.preload(
        "process.getProcessMemoryInfo().then(info => [info.residentSet, info.private, info.shared])")
      #expect(numbers.allSatisfy { $0 > 1000 })
      // Resident memory is private or shared.
      #expect(numbers[0] == numbers[1] + numbers[2])
      let info: [String: Int] = try ipc.preload(
        "globalThis.ballast = new Uint8Array(64 << 20).fill(1), process.getProcessMemoryInfo()")
      #expect(try #require(info["private"]) > numbers[1] + 40_000)
    }

    @Test(arguments: Transport.allCases) func `A preload that throws lets the page load, and says where`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let window = try ipc.openWindow(preload: "throwing-preload.js")
      // The page's console also gives the position.
      try ipc.app.waitForLog("Can't find variable: thisIsNotDefined (\(pages)/throwing-preload.js:4)")
      try ipc.app.waitForLog("preload-error: ReferenceError")
      try ipc.app.waitForLog("Unable to load preload script: ")
      try window.wait(for: "window.before && window.fromPage === 'page'", toBe: true)
    }

    @Test(arguments: Transport.allCases)
    func `A preload that does not parse, and one that is not there, are told of too`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      _ = try ipc.openWindow(preload: "broken-preload.js")
      // The parser has reached the end of the file, and of the code that Martlet adds around it.
      try ipc.app.waitForLog(
        "preload-error: SyntaxError: Unexpected token '}' in \(pages)/broken-preload.js:4\n")
      _ = try ipc.openWindow(preload: "nowhere.js")
      let place = "\(pages)/nowhere.js"
      try ipc.app.waitForLog(
        "preload-error: Error: Failed to open file “\(place)”: No such file or directory in \(place):0\n")
      try ipc.app.waitForLog("Unable to load preload script: \(place)")
    }

    @Test(arguments: Transport.allCases)
    func `An error that Martlet throws is logged with the line of the preload that led to it`(
      transport: Transport
    ) throws {
      for (line, source, message) in [
        (2, "require('./bad.json')", "SyntaxError: \(pages)/parts/bad.json: JSON Parse error"),
        (3, "require('./missing.js')", "Error: module not found: ./missing.js"),
        (4, "electron.ipcRenderer.send()", "TypeError: Missing required channel argument"),
      ] {
        let ipc = try IpcApp.shared(over: transport)
        _ = try ipc.openWindow(preload: "parts/wrong-\(line).js")
        try ipc.app.waitForLog(" in \(pages)/parts/wrong-\(line).js:\(line)\n")
        #expect(ipc.app.log.contains("preload-error: \(message)"), "\(source)\n\(ipc.app.log)")
      }
    }

    @Test(arguments: Transport.allCases) func `contextBridge gives the page functions, promises and values`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try Int.decode(from: ipc.window.evaluate("api.version")) == 1)
      #expect(try Int.decode(from: ipc.window.evaluate("api.invoke('add', 40, 2)")) == 42)
      #expect(try Int.decode(from: ipc.window.evaluate("api.sendSync('double', 21)")) == 42)
      #expect(
        try Bool.decode(
          from: ipc.window.evaluate("Object.isFrozen(api) && api.invoke.constructor === Function")))
    }
  }
}
