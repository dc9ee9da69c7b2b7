// Limits of a page's calls: the data that handlers hold for it, and the results that they make for it.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct HandlerLimitTests {
    @Test func `A small message that would be a large Swift value rejects the call, and says what to do`()
      throws
    {
      let ipc = try IpcApp.shared()
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
      let failure = try IpcApp.shared().failure(
        "(async () => electron.ipcRenderer.send('nobody', Array.from({ length: 4194304 }, () => ({}))))()")
      #expect(failure == "RangeError: The message has too many objects: the limit is 4194304.")
    }
  }
}
