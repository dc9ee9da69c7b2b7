// A page of another origin in a window of the app. It cannot read the app's files, and can navigate back to
// the app's pages.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct ForeignPageTests {
    private static let own = "app://dev.martlet.tests.IpcTestApp/"

    /// Tries to read a file of the app from a page without that right. The result is `status, whether it has
    /// the file`.
    private static let read = """
      globalThis.read = (path, method = 'GET') => {
        const request = new XMLHttpRequest()
        try {
          request.open(method, '\(own)' + path, false)
          request.send()
        } catch {}
        return `${request.status} ${/fromPage|Test page/.test(request.responseText)}`
      }
      """

    private func server() throws -> WebServerForTest {
      try WebServerForTest(
        page:
          "<title>Elsewhere</title><script>\(Self.read); parent.postMessage(read('page.js'), '*')</script>")
    }

    /// The test app's window, without a policy, with the server's page in it.
    private func app(at server: WebServerForTest) throws -> IpcApp {
      let ipc = try IpcApp.shared("--no-policy", "--stay")
      try go(ipc, to: server)
      return ipc
    }

    private func go(_ ipc: IpcApp, to server: WebServerForTest) throws {
      try ipc.window.evaluate(
        "setTimeout(() => electron.ipcRenderer.send('go', '\(server.origin)/')); 1", in: .preload)
      try ipc.window.wait(for: "document.title", toBe: "Elsewhere")
    }

    private func waitForOwnPage(_ ipc: IpcApp) throws {
      try ipc.window.wait(for: "document.title + typeof electron", toBe: "Test pageobject", in: .preload)
      try ipc.window.wait(for: "window.fromPage", toBe: "page")
    }

    @Test func `A page of another origin reads none of the app's files, by any way`() throws {
      let ipc = try app(at: try server())
      let status = "403 false"
      #expect(try String.decode(from: ipc.window.evaluate("read('page.js')")) == status)
      #expect(try String.decode(from: ipc.window.evaluate("read('missing.js')")) == status)
      let had = try ipc.window.evaluate(
        """
        (async () => {
          const load = (kind, set) => new Promise(resolve => {
            const element = document.createElement(kind)
            element.onload = () => resolve('loaded')
            element.onerror = () => resolve('refused')
            set(element)
            document.head.append(element)
          })
          const script = await load('script', element => { element.src = '\(Self.own)page.js' })
          const style = await load('link', element => { element.rel = 'stylesheet'; \
            element.href = '\(Self.own)page.js' })
          const frame = document.createElement('iframe')
          frame.src = '\(Self.own)page.html'
          document.body.append(frame)
          await new Promise(resolve => { frame.onload = resolve })
          const loose = await fetch('\(Self.own)page.js', { mode: 'no-cors' }).then(answer => answer.type, \
            () => 'refused')
          return [script, style, typeof fromPage, read('page.html')].join()
        })()
        """)
      #expect(had.isEquivalent(to: "refused,refused,undefined,403 false"), "\(had)")
    }

    @Test func `A frame of another origin in the app's page reads none of them either`() throws {
      let ipc = try IpcApp.shared("--no-policy")
      let read = try ipc.window.evaluate(
        """
        new Promise(resolve => {
          addEventListener('message', ({ data }) => resolve(data))
          const frame = document.createElement('iframe')
          frame.sandbox = 'allow-scripts'
          frame.srcdoc = '<script>' + \(quoted(Self.read)) \
            + ";parent.postMessage(read('page.js'), '*')</scr" + 'ipt>'
          document.body.append(frame)
        })
        """)
      #expect(read.isEquivalent(to: "403 false"), "\(read)")
    }

    @Test func `A page of another origin leads to the app's page by a link, and reads nothing on the way`()
      throws
    {
      let ipc = try app(at: try server())
      // The script requests the page itself repeatedly until the page is left.
      try ipc.window.evaluate(
        """
        setTimeout(() => {
          location.href = '\(Self.own)page.html?linked'
          const again = () => {
            const result = read('page.html?linked')
            console.log(`on the way: ${result}`)
            setTimeout(again)
          }
          again()
        })
        1
        """)
      try waitForOwnPage(ipc)
      #expect(try ipc.window.evaluate("location.search").isEquivalent(to: "?linked"))
      try ipc.app.waitForLog("on the way: 403 false")
      #expect(!ipc.app.log.contains("on the way: 200") && !ipc.app.log.contains(" true"), "\(ipc.app.log)")
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }

    @Test func `A page of another origin leads back to the app's page by the history`() throws {
      let ipc = try app(at: try server())
      try ipc.window.evaluate("setTimeout(() => history.back()); 1")
      try waitForOwnPage(ipc)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }

    @Test func `The app loads its own page over it, and every load ends as it should`() throws {
      let server = try server()
      let ipc = try IpcApp.shared("--no-policy", "--stay")
      let other = try ipc.openWindow()
      for _ in 1...3 {
        try go(ipc, to: server)
        let loaded = try other.evaluate(
          "electron.ipcRenderer.invoke('load-in', \(ipc.window.id), 'page.html').then(() => 'loaded', "
            + "String)",
          in: .preload)
        #expect(loaded.isEquivalent(to: "loaded"), "\(loaded)")
        try waitForOwnPage(ipc)
      }
      #expect(
        try ipc.window.evaluate("fetch('page.js').then(response => response.status)").isEquivalent(to: 200))
    }

    @Test func `The app's own pages keep their workers, frames and modules`() throws {
      let folder = try PagesFolder()
      try folder.write("worker.mjs", "import { answer } from './answer.mjs'; postMessage(answer)")
      try folder.write(
        "plain.js",
        "importScripts('page-part.js'); fetch('ten.txt').then(async r => postMessage(part + await r.text()))")
      try folder.write("page-part.js", "const part = 'part '")
      try folder.write("ten.txt", "ten")
      let ipc = try IpcApp(folder.option)
      let had = try ipc.window.evaluate(
        """
        (async () => {
          const said = worker => new Promise((resolve, reject) => {
            worker.onmessage = ({ data }) => resolve(data)
            worker.onerror = reject
          })
          const request = new XMLHttpRequest()
          request.open('GET', 'ten.txt', false)
          request.send()
          const frame = document.createElement('iframe')
          frame.src = 'other.html'
          document.body.append(frame)
          await new Promise(resolve => { frame.onload = resolve })
          return [
            await said(new Worker('worker.mjs', { type: 'module' })), await said(new Worker('plain.js')),
            (await import('./answer.mjs')).answer, request.responseText, frame.contentDocument.title
          ].join()
        })()
        """)
      #expect(had.isEquivalent(to: "42,part ten,42,ten,Other page"), "\(had)")
    }
  }
}
