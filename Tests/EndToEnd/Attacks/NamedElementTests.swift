// In every world, a named element hides a property of its document, and a named element or frame adds one to
// the window. No name changes what the bridge reads. The test uses every word of the bridge's sources, so
// that a new read is covered.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct NamedElementTests {
    /// Every word of the scripts of the bridge and of the renderer extension, as a JavaScript list.
    private static func words() throws -> String {
      let listed = try ToolRun(
        "/bin/sh", "-c",
        "cd \"$0\" && cat Resources/bridge/*.js Resources/bridge/*/*.js "
          + "$(find Sources/MartletRenderer -name '*.swift')"
          + " | grep -oE '[A-Za-z_$][A-Za-z0-9_$]*' | sort -u",
        Checkout.path)
      let words = listed.output.split(separator: "\n")
      guard listed.status == 0, words.count > 1000 else { throw TestingError("no words: \(listed.output)") }
      return "[" + words.map { quoted(String($0)) }.joined(separator: ", ") + "]"
    }

    /// The common part of the pages' scripts. They avoid the document's own properties, which they hide
    /// themselves.
    private static func prelude() throws -> String {
      """
      const words = \(try words())
      const has = (object, word) => Reflect.has(object, word)
      const ofDocument = words.filter(word => has(Document.prototype, word) && word !== 'location')
      // (A name that is no property of a window is one that a newer WebKit may have, or an older one not
      // yet.)
      const ofWindow = words.filter(word => has(window, word) || /^[A-Z][a-z]+[A-Z]/.test(word))
      const { body } = document
      const make = Document.prototype.createElement.bind(document)
      const plant = (type, word) => {
        const element = make(type)
        element.setAttribute('name', word)
        element.id = word
        body.append(element)
        return element
      }
      """
    }

    /// A page that has a frame's first window before the frame's first document, and replaces the functions
    /// that the bridge calls there. `attack(planted)` first makes elements with those names, and reports what
    /// the page has obtained.
    private static func attack() throws -> String {
      """
      \(try prelude())
      const isForeign = (value, realms) => {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
        let last = value
        for (let next; (next = Object.getPrototypeOf(last)) !== null;) last = next
        return last !== value && !realms.some(realm => last === realm.Object.prototype)
      }
      const attack = async planted => {
        const elements = planted.flatMap(word => [plant('form', word), plant('img', word)])
        const frame = make('iframe')
        frame.setAttribute('sandbox', 'allow-same-origin')
        frame.src = 'child.html?early'
        body.append(frame)
        const early = frame.contentWindow
        frame.removeAttribute('sandbox')
        frame.src = 'child.html?late'
        const got = []
        const { apply } = early.Reflect
        early.Reflect.apply = (...values) => { got.push(...values, ...values[2]); return apply(...values) }
        await new Promise(resolve => { frame.onload = resolve })
        for (const element of elements) element.remove()
        if (frame.contentWindow !== early) return 'the window is another one'
        if (early.Reflect.apply === apply) return 'the window is as it was'
        try { early.api?.say('') } catch {}
        if (early.api !== undefined) return 'a bridge'
        return got.some(value => isForeign(value, [globalThis, early])) ? 'functions of another world' : ''
      }
      """
    }

    @Test(arguments: [true, false])
    func `No element that hides a property of the document gives away a frame that was changed unseen`(
      _ hasPreload: Bool
    ) throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc, inSubFrames: hasPreload)
      let outcome: CloneValue = try page.preload(
        """
        electron.webFrame.executeJavaScript(\(quoted("""
          (async () => {
            \(try Self.attack())
            const problems = []
            for (const planted of [['querySelectorAll'], ...ofDocument.map(word => [word]), words]) {
              const found = await attack(planted)
              if (found) problems.push(`${planted.length > 1 ? 'all names' : planted}: ${found}`)
            }
            return [ofDocument.length, problems.join('\\n')]
          })()
          """)))
        """)
      let problems = try String.decode(from: outcome[1])
      #expect(problems == "")
      #expect(try Int.decode(from: outcome[0]) > 20)
      // A frame whose first document was not observed is not listed: no script of the app runs in it.
      #expect(try page.facts("url", as: String.self).map(file) == ["one.html", "child.html"])
      try ipc.app.waitForLog("This frame has no bridge")
    }

    /// Adds every word to the page's document as an element, and to its window as a frame. A page can have
    /// 256 frames.
    private func plantAll(in page: FramesPage) throws {
      let planted: Int = try page.preload(
        """
        electron.webFrame.executeJavaScript(\(quoted("""
          (() => {
            \(try Self.prelude())
            for (const word of words) { plant('form', word); plant('img', word) }
            for (const word of ofWindow.slice(0, 200)) plant('iframe', word)
            return ofWindow.length
          })()
          """)))
        """)
      #expect(planted > 40)
    }

    @Test func `No name of an element or a frame changes what the bridge does`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      try plantAll(in: page)

      // Calls in both directions, and scripts of the app in the page, in a frame, and in a new world.
      let token: String = try page.preload(
        """
        (async () => {
          electron.ipcRenderer.send('ping')
          const deadline = Date.now() + 10000
          while (heard.length === 0 && Date.now() < deadline) await new Promise(resolve => \
            setTimeout(resolve, 5))
          return heard[0] === electron.webFrame.frameToken ? 'own' : String(heard)
        })()
        """)
      #expect(token == "own")
      #expect(try page.execute("api.isMainFrame", in: 0, as: Bool.self))
      #expect(try !page.execute("api.isMainFrame", in: 1, as: Bool.self))
      let late: CloneValue = try page.preload(
        """
        (async () => {
          const numbered = await electron.webFrame.executeJavaScriptInIsolatedWorld(31, [{ code: `
            const signal = AbortSignal.abort()
            ;[customElements === null, signal.reason instanceof DOMException, new CustomEvent('x', { detail: \
        { a: 1 } }).detail.a]` }])
          electron.contextBridge.exposeInMainWorld('exposedLate', { f: value => [value, \
            Object.getOwnPropertyDescriptor(Document.prototype, 'body').get.call(document)] })
          return [numbered, await electron.webFrame.executeJavaScript('exposedLate.f({ a: 1 })[0].a + \
        (exposedLate.f(1)[1] === Document.prototype.querySelector.call(document, "body"))')]
        })()
        """)
      #expect(late[0][0].isEquivalent(to: true) && late[0][1].isEquivalent(to: true))
      #expect(late[0][2].isEquivalent(to: 1) && late[1].isEquivalent(to: 2))
    }

    @Test func `No name of an element or a frame changes how a page's bridge ends`() throws {
      let ipc = try IpcApp.shared()
      let page = try FramesPage("one.html", in: ipc)
      try plantAll(in: page)
      // A document after `document.open()` does not answer: it logs its result.
      let began: Bool = try page.preload(
        """
        setTimeout(() => {
          electron.webFrame.executeJavaScript('Document.prototype.open.call(document); 1').catch(() => {})
          setTimeout(() => {
            try { electron.ipcRenderer.send('ping') } catch (error) { console.log('told: ' + error.message) }
          }, 50)
        })
        true
        """)
      #expect(began)
      try ipc.app.waitForLog("told: IPC method called after context was released")
      try ipc.app.waitForLog("the bridge to the app has ended")
    }
  }
}
