import MartletTesting
import StructuredClone
import Testing
extension EndToEnd {
  @Suite struct FrameScratch {
    @Test func `scratch`() throws {
      let ipc = try IpcApp()
      for page in ["one.html", "nested.html"] {
        let id: Int = try ipc.invoke("open-frames", "'\(page)'")
        _ = try ipc.app.window(titled: page == "one.html" ? "One frame" : "Nested frames")
        try ipc.app.waitForLog("did-frame-finish-load main \(page)")
        print(try ipc.invoke("frames", "\(id)", as: CloneValue.self))
        let w = try ipc.app.windows().first { $0.id == id }!
        for code in [
          "String(frames[0].electron)", "frames[0].location.href",
          "(() => { const f = document.createElement('iframe'); document.body.append(f); const a = String(f.contentWindow.electron); return a })()",
          "(() => { const f = document.createElement('iframe'); f.src='child.html?early'; document.body.append(f); const a = String(f.contentWindow.electron); return a })()",
          "(() => { const f = document.createElement('iframe'); f.srcdoc='hello'; document.body.append(f); return 1 })()",
          "(() => { const f = document.createElement('iframe'); f.sandbox='allow-scripts'; f.src='child.html?sandboxed'; document.body.append(f); return 1 })()",
          "(() => { const f = document.createElement('iframe'); f.src='data:text/html,hello'; document.body.append(f); return 1 })()",
          "(() => { const f = frames[0].frameElement; const e = frames[0].electron; frames[0].addEventListener('unload', () => e.ipcRenderer.send('preload-ran', 'unload', false)); f.remove(); try { e.ipcRenderer.send('preload-ran', 'after', false); return 'sent' } catch (error) { return String(error) } })()",
        ] {
          print(code, try w.evaluate("(async () => { const x = \(code); await new Promise(r => setTimeout(r, 300)); return x })()", in: .preload))
          print(try ipc.invoke("frames", "\(id)", as: CloneValue.self))
        }
        print(try w.evaluate("(() => { const f = document.createElement('iframe'); f.src='child.html?earlypage'; document.body.append(f); const a = String(f.contentWindow.location.href); return a })()"))
      }
      print(ipc.app.log)
    }
  }
}
