// Section 2.2, "What can be cloned", row by row: renderer → main → renderer, by every path. The rows are in
// Tests/Pages/clone-rows.js.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct StructuredCloneWindowTests {
    enum Path: String, CaseIterable {
      case invoke, sendSync, send
    }

    /// An app in whose preload `rows` has the rows.
    private func rows(_ transport: Transport) throws -> IpcApp {
      let ipc = try IpcApp.shared(over: transport)
      let equality = try FolderForTest.read(Checkout.tests + "/Bridge/support/deep-equal.mjs")
        .split(separator: "export function").joined(separator: "function")
      try ipc.window.evaluate("\(equality)\n;globalThis.difference = difference; 1", in: .preload)
      try ipc.window.evaluate("globalThis.rows = require('./clone-rows.js'); 1", in: .preload)
      return ipc
    }

    /// Runs every row of a list by one path. Returns the number of rows.
    private func run(_ list: String, _ function: String, _ path: Path, _ transport: Transport) throws
      -> Int
    {
      let ipc = try rows(transport)
      let names: [String] = try ipc.preload("rows.\(list)")
      for index in names.indices {
        let wrong: String? = try ipc.preload("rows.\(function)(rows.\(list)[\(index)], '\(path)')")
        #expect(wrong == nil, "\(names[index]), by \(path) over \(transport)")
      }
      return names.count
    }

    @Test(arguments: Path.allCases, Transport.allCases)
    func `2.2 S-09 Every row that can be cloned arrives, alone and inside of others`(
      _ path: Path, _ transport: Transport
    ) throws {
      #expect(try run("cloned", "runCloned", path, transport) == 43)
    }

    @Test(arguments: Path.allCases, Transport.allCases)
    func `2.2 S-10 Every row that cannot be cloned is refused with Electron's text, wherever it stands`(
      _ path: Path, _ transport: Transport
    ) throws {
      #expect(try run("refused", "runRefused", path, transport) == 32)
    }

    @Test(arguments: Path.allCases, Transport.allCases)
    func `2.2 REN-06 REN-07 All arguments of one call keep what they share; a getter's error propagates`(
      _ path: Path, _ transport: Transport
    ) throws {
      let ipc = try rows(transport)
      #expect(try ipc.preload("rows.runArguments('\(path)')", as: String?.self) == nil)
      #expect(try ipc.preload("rows.runThrowingGetter('\(path)')", as: String?.self) == nil)
    }

    @Test(arguments: Path.allCases, Transport.allCases)
    func `2.2 IPC-09 Sizes around every boundary survive as text, as bytes and nested`(
      _ path: Path, _ transport: Transport
    ) throws {
      let ipc = try rows(transport)
      for size in [0, 1, 65_535, 65_536, 65_537, 262_147, 3_145_729] {
        #expect(
          try ipc.preload("rows.runSize(\(size), '\(path)')", as: String?.self) == nil,
          "\(size), by \(path) over \(transport)")
      }
    }

    @Test(arguments: Path.allCases, Transport.allCases)
    func `2.2 S-09 Long buffers arrive whole among other values, and are what they were`(
      _ path: Path, _ transport: Transport
    ) throws {
      let ipc = try rows(transport)
      let wrong: String? = try ipc.preload(
        """
        (async () => {
          const { ipcRenderer } = electron
          const bytes = (size, seed) => Uint8Array.from({ length: size }, (_, index) => index * seed)
          const long = bytes(300001, 7)
          const value = [
            'я', long, { text: 'две буквы: я', part: long.subarray(5, 100000), \
              floats: new Float64Array(9000).fill(0.5) },
            bytes(65536, 3).buffer, 'ещё', bytes(65535, 11), new DataView(bytes(70003, 5).buffer, 3), \
              'x'.repeat(100000)
          ]
          if ('resize' in ArrayBuffer.prototype) value.push(new Uint8Array(new ArrayBuffer(70000, { \
            maxByteLength: 80000 })))
          const ways = {
            invoke: () => ipcRenderer.invoke('echo-all', value, long),
            sendSync: () => ipcRenderer.sendSync('echo-all-sync', value, long),
            send: () => new Promise(resolve => {
              ipcRenderer.once('echoed-all', (event, ...values) => resolve(values))
              ipcRenderer.send('echo-all', value, long)
            })
          }
          const [back, again] = await ways['\(path)']()
          if (back[1] !== again) return 'it came twice'
          if (back[1].buffer !== back[2].part.buffer) return 'a view lost its buffer'
          if (back[1].buffer.byteLength !== 300001) return 'a buffer of ' + back[1].buffer.byteLength
          return difference(value, back) ?? null
        })()
        """)
      #expect(wrong == nil, "by \(path) over \(transport)")
    }

    @Test(arguments: Transport.allCases)
    func `Values nested 5,000 levels deep, the list of arguments among them, cross; one more is refused`(
      transport: Transport
    ) throws {
      let ipc = try rows(transport)
      try ipc.window.evaluate(
        "globalThis.nested = levels => { let value = 1; while (levels--) value = [value]; return value }; 1",
        in: .preload)
      #expect(
        try ipc.preload(
          "electron.ipcRenderer.invoke('echo', nested(4999)).then(back => difference(nested(4999), back))",
          as: String?.self) == nil)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('echo', nested(5000))")
          == "Error: An object could not be cloned: nested more than 5000 levels deep.")
      // Swift refuses one more level on the way back.
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('echo-all', nested(4999))")
          == "Error: Error invoking remote method 'echo-all': Error: An object could not be cloned.")
    }

    @Test(arguments: Transport.allCases)
    func `2.2 S-33 A value that Swift cannot encode is refused on its way to the renderer`(
      transport: Transport
    ) throws {
      let ipc = try rows(transport)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('uncloneable')")
          == "Error: Error invoking remote method 'uncloneable': Error: An object could not be cloned.")
      #expect(
        try ipc.failure("electron.ipcRenderer.sendSync('uncloneable')")
          == "Error: An object could not be cloned.")
      try ipc.window.evaluate("electron.ipcRenderer.send('uncloneable-reply'); 1", in: .preload)
      try ipc.app.waitForLog("Error sending from webFrameMain: Failed to serialize arguments")
    }
  }
}
