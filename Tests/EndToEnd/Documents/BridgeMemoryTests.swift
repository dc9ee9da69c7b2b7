import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  /// Values that crossed the bridge are freed with their last reference. The test cannot call the garbage
  /// collector, so it allocates enough to make it run.
  @Suite(.serialized, .ownDesktop) struct BridgeMemoryTests {
    /// The web process's own memory, in megabytes.
    private func memory(of ipc: IpcApp) throws -> Int {
      try ipc.preload("process.getProcessMemoryInfo().then(info => Math.round(info.private / 1024))")
    }

    @Test func `CB-53 Functions that the page dropped do not keep what they hold`() throws {
      let ipc = try IpcApp()
      try ipc.window.evaluate(
        """
        electron.contextBridge.exposeInMainWorld('maker', {
          make: () => { const held = new Uint8Array(1 << 20).fill(1); return () => held.length }
        })
        1
        """, in: .preload)
      let before = try memory(of: ipc)
      // One gigabyte, in a hundred turns of the loop.
      let made = try Int.decode(
        from: ipc.window.evaluate(
          """
          (async () => {
            let made = 0
            for (let turn = 0; turn < 100; turn++) {
              for (let i = 0; i < 10; i++) made += maker.make()() === 1 << 20 ? 1 : 0
              await new Promise(resolve => setTimeout(resolve))
            }
            return made
          })()
          """))
      #expect(made == 1000)
      _ = try eventually("the memory to be freed") { try memory(of: ipc) < before + 400 ? true : nil }
    }

    @Test func `CB-54 A page that was left does not keep what its bridge held`() throws {
      let ipc = try IpcApp()
      let before = try memory(of: ipc)
      for _ in 0..<40 {
        try ipc.window.evaluate(
          """
          const held = new Uint8Array(20 << 20).fill(1)
          electron.contextBridge.exposeInMainWorld('holder', { size: () => held.length, held: () => () => \
            held })
          1
          """, in: .preload)
        try ipc.window.evaluate("holder.held(); 1")
        try ipc.reload()
      }
      _ = try eventually("the memory to be freed") { try memory(of: ipc) < before + 400 ? true : nil }
    }
  }
}
