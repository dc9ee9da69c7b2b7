// An element hides a property of its document by its name, and an element or a frame what a window does not have, in every
// world. No name changes what the bridge reads. The names are all words of the bridge's sources: a new read is among them.

import MartletTesting
import StructuredClone
import Testing

extension EndToEnd {
  @Suite struct NamedElementTests {
    /// Every word of the scripts of the bridge and of the renderer extension, as a JavaScript list.
    private static func words() throws -> String {
      let top = #filePath.replacing("/Tests/EndToEnd/NamedElementTests.swift", with: "")
      let listed = try ToolRun(
        "/bin/sh", "-c",
        "cd \"$0\" && cat Resources/bridge/*.js Sources/MartletRenderer/*.swift | grep -oE '[A-Za-z_$][A-Za-z0-9_$]*' | sort -u",
        top)
      let words = listed.output.split(separator: "\n")
      guard listed.status == 0, words.count > 1000 else { throw TestingError("no words: \(listed.output)") }
      return "[" + words.map { quoted(String($0)) }.joined(separator: ", ") + "]"
    }

    /// What the pages' scripts have in common. They use nothing of the document by its name, which they hide themselves.
    private static func prelude() throws -> String {
      """
      const words = \(try words())
      const has = (object, word) => Reflect.has(object, word)
      const ofDocument = words.filter(word => has(Document.prototype, word) && word !== 'location')
      // (A name that is no property of a window is one that a newer WebKit may have, or an older one not yet.)
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

    /// A page that has a frame's first window before the frame's first document, and holds what the bridge calls there.
    /// `attack(planted)` makes elements of those names first, and says what the page has got then.
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
      let ipc = try IpcApp()
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
      // A frame that nobody saw begin is not known: no script of the app's runs in it.
      #expect(try page.facts("url", as: String.self).map(file) == ["one.html", "child.html"])
      try ipc.app.waitForLog("This frame has no bridge")
    }
  }
}
