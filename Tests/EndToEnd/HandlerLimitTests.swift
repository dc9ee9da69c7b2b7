// What a page can have the handlers of its calls hold, and make.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct HandlerLimitTests {
    @Test func `S-29 A page whose calls hold too much is told so, and may call again when some are answered`()
      throws
    {
      let ipc = try IpcApp()
      let other = try ipc.openWindow()
      let hold = """
        globalThis.told = []
        globalThis.bytes = new Uint8Array(250 << 20)
        globalThis.hold = () => electron.ipcRenderer.invoke('hold-call', bytes)
          .then(() => told.push('answered'), error => told.push(`${error.code}: ${error.message}`))
        """
      try ipc.window.evaluate(
        """
        \(hold)
        ;(async () => {
          for (let i = 0; i < 4; i++) {
            hold()
            await electron.ipcRenderer.invoke('add', 1, 2) // It has come.
          }
        })()
        """, in: .preload)
      try ipc.window.evaluate("hold()", in: .preload)
      let refusal = "the page's calls that wait for their answers hold 1 GiB already: send fewer at a time"
      let told = "ERR_IPC_TOO_MUCH_UNANSWERED: Error invoking remote method 'hold-call': \(refusal)"
      try ipc.window.wait(for: "told.join()", toBe: told, in: .preload)
      try ipc.app.waitForLog("refused calls: too many wait for their answers")
      // Another page does not suffer for it.
      try other.evaluate("\(hold); hold(); electron.ipcRenderer.invoke('let-calls-go')", in: .preload)
      try other.wait(for: "told.join()", toBe: "answered", in: .preload)
      try ipc.window.wait(
        for: "told.slice(1).join()", toBe: "answered,answered,answered,answered", in: .preload)
      try ipc.window.evaluate("hold(); electron.ipcRenderer.invoke('let-calls-go')", in: .preload)
      try ipc.window.wait(for: "told.length + told.at(-1)", toBe: "6answered", in: .preload)
    }

    @Test func `A small message that would be a large Swift value rejects the call, and says what to do`()
      throws
    {
      let ipc = try IpcApp()
      let failure = try #require(
        try ipc.failure(
          """
          (() => {
            const row = new Array(3000).fill(1.5)
            return electron.ipcRenderer.invoke('count-rows', new Array(3000).fill(row))
          })()
          """))
      #expect(
        failure.hasPrefix(
          "TypeError: Error invoking remote method 'count-rows': TypeError: argument 0, at ["), "\(failure)")
      #expect(
        failure.hasSuffix(
          "]: expected at most 1048576 values once objects that are shared are copied, "
            + "got more: take a CloneValue, which keeps them shared, or send less that is shared"
        ), "\(failure)")
      #expect(
        try ipc.invoke("count-rows", "new Array(300).fill(new Array(300).fill(1.5))", as: Int.self) == 300)
    }

    @Test func `A page with more objects than a message may have is told so`() throws {
      let failure = try IpcApp().failure(
        "(async () => electron.ipcRenderer.send('nobody', Array.from({ length: 4194304 }, () => ({}))))()")
      #expect(failure == "RangeError: A message can have 4194304 objects in it, and this one has more.")
    }
  }
}
