// The resources that a process with the key of the private scheme can use in the app.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct PrivateSchemeTests {
    @Test func `A request that is longer than its path allows is refused, and told of once`() throws {
      let ipc = try IpcApp()
      // The bridge's own request reveals the key to code in this world.
      let statuses = try ipc.window.evaluate(
        """
        (() => {
          const { send } = XMLHttpRequest.prototype
          let beginning
          XMLHttpRequest.prototype.send = function (body) {
            beginning ??= body.slice(0, 64)
            return send.call(this, body)
          }
          try { require('./nowhere') } catch {}
          const status = (path, length) => {
            const body = new Uint8Array(64 + length)
            body.set(beginning)
            const request = new XMLHttpRequest()
            request.open('POST', `martlet-ipc://bridge/${path}`, false)
            request.send(body)
            return request.status
          }
          return [
            status('hello', 1000), status('hello', 2000), status('hello', 50 << 20), status('module', 40000),
            status('sync', 10), status('elsewhere', 10)
          ].join()
        })()
        """, in: .preload, by: Deadline(seconds: 60))
      #expect(statuses.isEquivalent(to: "403,413,413,413,403,403"), "\(statuses)")
      #expect(ipc.app.log.split(separator: "\n").filter { $0.contains("request: it exceeds") }.count == 1)
      try ipc.app.waitForLog(
        "refused a synchronous 'hello' request: it exceeds 1024 bytes "
          + "(app://dev.martlet.tests.IpcTestApp/page.html"
      )
    }
  }
}
