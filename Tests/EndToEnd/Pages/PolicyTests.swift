// The default Content-Security-Policy of pages, and an app's own.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct PolicyTests {
    /// Opens a window with policy.html. `policy` is JavaScript, `undefined` for the default.
    private func open(_ ipc: IpcApp, policy: String) throws -> WindowUnderTest {
      try open(ipc, id: ipc.invoke("open-window-with-policy", policy))
    }

    private func open(_ ipc: IpcApp, id: Int) throws -> WindowUnderTest {
      return try eventually("the page with a policy") {
        try ipc.app.windows().first { $0.id == id && $0.title == "Policy" && !$0.isLoading }
      }
    }

    @Test func `By default scripts come from the app's folder alone, and styles may be inline`() throws {
      let ipc = try IpcApp.shared()
      let window = try open(ipc, policy: "undefined")
      try window.wait(for: "window.ranOwn", toBe: true)
      try window.wait(for: "refused.includes('script-src-elem inline')", toBe: true)
      try window.wait(for: "refused.some(one => one.includes('127.0.0.1:8199'))", toBe: true)
      try window.evaluate("styled.click()")
      for name in ["ranInline", "ranAttribute"] {
        #expect(try window.evaluate("window.\(name)").isUndefined, "\(name)")
      }
      for name in ["eval", "Function", "foreignFetch", "javascriptLink"] {
        #expect(try Bool.decode(from: window.evaluate("tries.\(name)()")) == false, "\(name)")
      }
      let style = try String.decode(
        from: window.evaluate("getComputedStyle(styled).color + getComputedStyle(styled).marginLeft"))
      #expect(style == "rgb(1, 2, 3)7px")
      // Preloads and executeJavaScript are the app's code, so they work under any policy.
      #expect(
        try Int.decode(from: window.evaluate("electron.ipcRenderer.invoke('add', 1, 2)", in: .preload)) == 3)
    }

    @Test func `An app may give a window another policy, or none`() throws {
      let ipc = try IpcApp.shared()
      let wider = try open(ipc, policy: "\"default-src 'self' 'unsafe-inline'\"")
      try wider.wait(for: "window.ranInline", toBe: true)
      #expect(try Bool.decode(from: wider.evaluate("tries.eval()")) == false)
      let none = try open(ipc, policy: "null")
      try none.wait(for: "window.ranInline", toBe: true)
      #expect(try Bool.decode(from: none.evaluate("tries.eval()")))
      let narrower = try open(ipc, policy: "\"default-src 'none'\"")
      _ = try ipc.app.windows()
      #expect(try narrower.evaluate("window.ranOwn").isUndefined)
    }

    @Test func `The README's policy lets in pictures by https and no others`() throws {
      let ipc = try IpcApp.shared()
      let window = try open(ipc, id: ipc.invoke("open-window-for-pictures"))
      try window.evaluate(
        "for (const url of ['https://127.0.0.1:8199/a', 'data:,', '/a']) new Image().src = url; 1")
      try window.wait(
        for: "refused.filter(one => one.startsWith('img-src ')).map(one => one.slice(8, 18))",
        toBe: ["data", "app://dev."])
    }
  }
}
