// Messages and the life of a page: reloads, destroyed windows, queued messages, values.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd.SendTests {
  @Test(arguments: Transport.allCases) func `S-44 An event knows its frame until the page has gone`(
    transport: Transport
  ) throws {
    let ipc = try IpcApp.shared(over: transport)
    try ipc.window.evaluate("electron.ipcRenderer.send('remember-me'); 1", in: .preload)
    #expect(
      try ipc.invoke("remembered", as: String.self).hasPrefix(
        "app://dev.martlet.tests.IpcTestApp/page.html"))
    let numbers: [Int] = try ipc.invoke("remembered-numbers")
    try ipc.window.evaluate("setTimeout(() => { location.href = 'other.html' }); 1")
    _ = try ipc.app.window(titled: "Other page")
    #expect(try ipc.invoke("remembered", as: CloneValue.self).isUndefined)
    // The ids stay the same.
    #expect(try ipc.invoke("remembered-numbers") == numbers)
  }

  @Test(arguments: Transport.allCases) func `S-20 S-21 once hears one message, on hears all`(
    transport: Transport
  ) throws {
    let ipc = try IpcApp.shared(over: transport)
    let heard: [Int] = try ipc.preload(
      """
      (async () => {
        const counts = [0, 0, 0]
        const removed = () => counts[2]++
        electron.ipcRenderer.on('echoed', () => counts[0]++)
        electron.ipcRenderer.once('echoed', () => counts[1]++)
        electron.ipcRenderer.on('echoed', removed)
        electron.ipcRenderer.removeListener('echoed', removed)
        for (let number = 0; number < 3; number++) electron.ipcRenderer.send('echo-send', number)
        await electron.ipcRenderer.invoke('nothing')
        return counts
      })()
      """)
    #expect(heard == [3, 1, 0])
  }

  @Test(arguments: Transport.allCases)
  func `S-25 A renderer's listener that throws is logged, and stops no other`(transport: Transport) throws {
    let ipc = try IpcApp.shared(over: transport)
    let heard: [String] = try ipc.preload(
      """
      (async () => {
        const heard = []
        electron.ipcRenderer.on('echoed', () => heard.push('before'))
        electron.ipcRenderer.once('echoed', () => { throw new RangeError('one listener fails') })
        electron.ipcRenderer.on('echoed', () => heard.push('after'))
        electron.ipcRenderer.send('echo-send', 1)
        electron.ipcRenderer.send('echo-send', 2)
        await electron.ipcRenderer.invoke('nothing')
        return heard
      })()
      """)
    #expect(heard == ["before", "after", "before", "after"])
    try ipc.app.waitForLog("one listener fails")
  }

  @Test(arguments: Transport.allCases)
  func `S-43 sendSync while a page may be left ends, and what follows arrives in order`(transport: Transport)
    throws
  {
    let ipc = try IpcApp(over: transport)
    try ipc.window.evaluate(
      """
      electron.ipcRenderer.send('number', 1)
      addEventListener('beforeunload', event => {
        try {
          globalThis.whileLeaving = electron.ipcRenderer.sendSync('number', 2)
        } catch (error) {
          globalThis.whileLeaving = String(error)
        }
        electron.ipcRenderer.send('number', 3)
        event.preventDefault()
      })
      1
      """, in: .preload)
    // WebKit calls such a listener only after a user gesture.
    try ipc.window.click("#text")
    try ipc.window.close()
    try ipc.window.wait(for: "globalThis.whileLeaving !== undefined", toBe: true, in: .preload)
    let order: [Int] = try ipc.preload(
      """
      (async () => {
        electron.ipcRenderer.send('number', 4)
        electron.ipcRenderer.sendSync('number', 5)
        return electron.ipcRenderer.invoke('order')
      })()
      """)
    let answered = try ipc.preload("globalThis.whileLeaving === 2", as: Bool.self)
    #expect(order == (answered ? [1, 2, 3, 4, 5] : [1, 3, 4, 5]))
  }

  @Test(arguments: Transport.allCases) func `S-43 sendSync while a page is left for another keeps neither`(
    transport: Transport
  ) throws {
    let ipc = try IpcApp(over: transport)
    try ipc.window.evaluate(
      """
      for (const event of ['pagehide', 'unload']) {
        addEventListener(event, () => { try { electron.ipcRenderer.sendSync('double', 1) } catch {} })
      }
      setTimeout(() => { location.href = 'other.html' }); 1
      """, in: .preload)
    _ = try ipc.app.window(titled: "Other page")
    try ipc.window.wait(for: "electron.ipcRenderer.sendSync('double', 4)", toBe: 8, in: .preload)
    try ipc.window.evaluate(
      """
      addEventListener('pagehide', () => { try { electron.ipcRenderer.sendSync('double', 1) } catch {} }); 1
      """, in: .preload)
    try ipc.window.close()
    #expect(try ipc.app.waitForExit() == 0)
  }

  @Test(arguments: Transport.allCases) func `S-24 A channel named error is a channel`(transport: Transport)
    throws
  {
    let ipc = try IpcApp.shared(over: transport)
    try ipc.window.evaluate("electron.ipcRenderer.send('error', 'boom'); 1", in: .preload)
    try ipc.app.waitForLog("an 'error' channel is a channel")
    #expect(try ipc.invoke("add", "1, 1", as: Int.self) == 2)
  }

  @Test(arguments: Transport.allCases) func `S-17 A message sent before the page has begun waits for it`(
    transport: Transport
  ) throws {
    let ipc = try IpcApp.shared(over: transport)
    _ = try ipc.invoke("send-before-load", as: CloneValue.self)
    let window = try eventually("the second window") {
      try ipc.app.windows().first { $0.id != ipc.window.id && $0.title == "Test page" }
    }
    try window.wait(for: "JSON.stringify(heard)", toBe: #"[["first",2]]"#, in: .preload)
  }

  @Test(arguments: Transport.allCases)
  func `REN-01 to REN-03 REN-06 REN-07 Objects, dates, bytes, sharing and cycles arrive`(transport: Transport)
    throws
  {
    let ipc = try IpcApp.shared(over: transport)
    let right: [String: Bool] = try ipc.preload(
      """
      (() => {
        const sendSync = (...all) => electron.ipcRenderer.sendSync(...all)
        const object = sendSync('echo-sync', { id: 1, name: 'cloned' })
        const date = sendSync('echo-sync', new Date(1e12))
        const bytes = sendSync('echo-sync', new Uint8Array([0, 127, 255]))
        const child = { hello: 'world' }
        const foo = { name: 'foo', child }, bar = { name: 'bar', child }
        const [list, foo2, bar2, child2] = sendSync('echo-all-sync', [foo, bar], foo, bar, child)
        const within = [1]
        within.push(within)
        const self = { within }
        self.self = self
        const [within2, self2] = sendSync('echo-all-sync', within, self)
        return {
          object: JSON.stringify(object) === '{"id":1,"name":"cloned"}',
          date: date instanceof Date && date.toISOString() === '2001-09-09T01:46:40.000Z',
          bytes: bytes instanceof Uint8Array && String(bytes) === '0,127,255',
          shared: list[0] === foo2 && list[1] === bar2 && foo2.child === child2 && bar2.child === child2 &&
            JSON.stringify(list) === JSON.stringify([foo, bar]),
          cyclic: within2[1] === within2 && within2[0] === 1 && self2.self === self2 \
            && self2.within === within2
        }
      })()
      """)
    #expect(right.filter { !$0.value }.isEmpty)
    #expect(right.count == 5)
  }

  @Test(arguments: Transport.allCases)
  func `REN-04 REN-05 An object of the page's host throws, and nothing is sent`(transport: Transport)
    throws
  {
    let ipc = try IpcApp.shared(over: transport)
    for value in [
      "document.location", "document.body", "document.createElement('canvas').getContext('2d')", "window",
      // Null where there is no GL.
      "document.createElement('canvas').getContext('webgl') ?? document.body",
    ] {
      #expect(
        try ipc.failure("(() => electron.ipcRenderer.send('say', \(value)))()")
          == "Error: An object could not be cloned.")
    }
    #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    #expect(!ipc.app.log.contains("said"))
  }
}
