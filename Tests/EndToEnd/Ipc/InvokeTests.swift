// `ipcRenderer.invoke` and `ipcMain.handle`: S-27 to S-37, IPC-01 to IPC-07.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct InvokeTests {
    @Test(arguments: Transport.allCases) func `IPC-01 A handler gets the argument and answers`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try ipc.invoke("three", "123", as: Int.self) == 3)
      try ipc.app.waitForLog("three got 123")
    }

    @Test(arguments: Transport.allCases) func `IPC-02 A handler that suspends answers too`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try ipc.invoke("three-later", "123", as: Int.self) == 3)
    }

    @Test(arguments: Transport.allCases)
    func `IPC-03 IPC-04 S-30 An error that a handler throws rejects with Electron's text`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      for channel in ["throw", "throw-later"] {
        #expect(
          try ipc.failure("electron.ipcRenderer.invoke('\(channel)')")
            == "Error: Error invoking remote method '\(channel)': Error: some error")
      }
      // The log also names the sender.
      try ipc.app.waitForLog(
        "Error occurred in handler for 'throw': Error: some error (WebContents #1, "
          + "app://dev.martlet.tests.IpcTestApp/page.html?window=1)"
      )
    }

    @Test(
      arguments: [
        ("CloneError", "Error", "ERR_NOT_CLONEABLE", "An object could not be cloned."),
        ("CloneTypeMismatch", "TypeError", "ERR_INVALID_ARG_TYPE", "expected Int, got string 'two'"),
        ("DuplicateHandler", "Error", "ERR_IPC_DUPLICATE_HANDLER", "a second handler for 'add'"),
        ("IpcSendError", "Error", "ERR_IPC_NO_RECEIVER", "Render frame was disposed"),
        ("MessagePortError", "Error", "ERR_PORT_DUPLICATE", "Port at index 1 is a duplicate."),
        ("MenuError", "Error", "ERR_OUT_OF_RANGE", "Position 1 cannot be greater"),
        (
          "AcceleratorError", "Error", "ERR_INVALID_ACCELERATOR", "'nonsense' is neither a modifier nor a key"
        ),
        ("Unsupported", "Error", "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM", "windowPosition: a reason"),
        ("LoadFailure", "Error", "ERR_FILE_NOT_FOUND", "ERR_FILE_NOT_FOUND (-6) loading '"),
        ("ScriptError", "Error", "ERR_SCRIPT_THREW", "RangeError: far"),
      ], Transport.allCases)
    func `S-30 An error of Martlet's arrives with its name, code and text`(
      _ error: (type: String, name: String, code: String, text: String), transport: Transport
    ) throws {
      let seen: [String] = try IpcApp.shared(over: transport).preload(
        "electron.ipcRenderer.invoke('throw-of-martlet', '\(error.type)')"
          + ".catch(e => [e.name, e.code, e.message])"
      )
      #expect(seen.prefix(2) == [error.name, error.code])
      #expect(seen.last?.contains(": \(error.name): ") == true && seen.last?.contains(error.text) == true)
    }

    @Test(arguments: Transport.allCases)
    func `IPC-05 IPC-06 S-31 Without a handler, or with one removed, the call is rejected`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp(over: transport)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('nobody')")
          == "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'")
      _ = try ipc.invoke("remove", "'three'", as: CloneValue.self)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('three', 1)")
          == "Error: Error invoking remote method 'three': Error: No handler registered for 'three'")
    }

    @Test(arguments: Transport.allCases)
    func `IPC-07 S-27 A second handler is refused, and accepted once the first is gone`(transport: Transport)
      throws
    {
      let ipc = try IpcApp(over: transport)
      #expect(
        try ipc.invoke("second", "'three'", as: String.self)
          == "Attempted to register a second handler for 'three': call removeHandler first to replace it")
      _ = try ipc.invoke("remove", "'three'", as: CloneValue.self)
      _ = try ipc.invoke("remove", "'never there'", as: CloneValue.self)
      #expect(try ipc.invoke("second", "'three'", as: String.self) == "accepted")
      #expect(try ipc.invoke("three", as: Int.self) == 1)
    }

    @Test(arguments: Transport.allCases) func `S-28 handleOnce answers once, and is gone even if it throws`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp(over: transport)
      #expect(try ipc.invoke("once", as: String.self) == "the only time")
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('once')")?.contains("No handler registered") == true)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('once-throwing')")?.contains("once and never again")
          == true)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('once-throwing')")?.contains("No handler registered")
          == true)
    }

    @Test(arguments: Transport.allCases)
    func `S-29 A handler without a result, and one with nil, resolve with undefined`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      #expect(try ipc.preload("electron.ipcRenderer.invoke('nothing').then(value => value === undefined)"))
      #expect(try ipc.preload("electron.ipcRenderer.invoke('maybe').then(value => value === undefined)"))
      #expect(
        try ipc.preload("electron.ipcRenderer.invoke('maybe', null).then(value => value === undefined)"))
      #expect(try ipc.invoke("maybe", "5", as: Int.self) == 5)
    }

    @Test(arguments: Transport.allCases)
    func `IPC-08 S-32 A reply that is let go of rejects, at once or later`(transport: Transport) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('let-reply-go')")
          == "Error: Error invoking remote method 'let-reply-go': reply was never sent")
      try ipc.window.evaluate(
        "globalThis.kept = electron.ipcRenderer.invoke('keep-reply', 'x').catch(error => error.message); 1",
        in: .preload)
      _ = try ipc.invoke("let-kept-reply-go", as: CloneValue.self)
      #expect(
        try ipc.preload("kept") == "Error invoking remote method 'keep-reply': reply was never sent")
    }

    @Test(arguments: Transport.allCases)
    func `A reply that is kept resolves or rejects once, whenever it is given`(transport: Transport) throws {
      let ipc = try IpcApp.shared(over: transport)
      let resolved: Int = try ipc.preload(
        """
        (async () => {
          const kept = electron.ipcRenderer.invoke('keep-reply', 'x')
          await electron.ipcRenderer.invoke('answer-kept-reply', 5)
          return kept
        })()
        """)
      #expect(resolved == 5)
      let rejected: String = try ipc.preload(
        """
        (async () => {
          const kept = electron.ipcRenderer.invoke('keep-reply', 'x').catch(error => error.code \
            + error.message)
          await electron.ipcRenderer.invoke('refuse-kept-reply')
          return kept
        })()
        """)
      #expect(rejected == "E_QUOTAError invoking remote method 'keep-reply': QuotaError: no room left")
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('keep-reply', 1)")?.contains(
          "argument 0: expected String, got number 1") == true)
      // An answer to a page that is gone is dropped without an error.
      try ipc.window.evaluate("electron.ipcRenderer.invoke('keep-reply', 'x'); 1", in: .preload)
      try ipc.window.evaluate("globalThis.old = true; setTimeout(() => location.reload()); 1", in: .preload)
      try ipc.window.wait(for: "globalThis.old === undefined", toBe: true, in: .preload)
      _ = try ipc.invoke("answer-kept-reply", "1", as: CloneValue.self)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
    }

    @Test(arguments: Transport.allCases)
    func `S-10 An argument that cannot be cloned rejects, and nothing is sent`(transport: Transport) throws {
      let ipc = try IpcApp.shared(over: transport)
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('three', () => 1)")
          == "Error: An object could not be cloned.")
      #expect(try ipc.failure("electron.ipcRenderer.invoke('three', document.body)") != nil)
      #expect(try ipc.invoke("add", "1, 2", as: Int.self) == 3)
      #expect(!ipc.app.log.contains("three got"))
    }

    @Test(arguments: Transport.allCases) func `Codable values go in and come out`(transport: Transport) throws
    {
      let ipc = try IpcApp.shared(over: transport)
      let todo: [String: CloneValue] = try ipc.invoke("finish", "{ title: 'test', done: false, tags: ['a'] }")
      #expect(try String.decode(from: todo["title"]!) == "test")
      #expect(try Bool.decode(from: todo["done"]!))
      #expect(try [String].decode(from: todo["tags"]!) == ["a", "finished"])
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('finish', { title: 'test', done: 'no', tags: [] })")?
          .contains("argument 0, at done: expected Bool, got string 'no'") == true)
    }

    @Test(arguments: Transport.allCases)
    func `S-35 Ten thousand calls wait at once, and each gets its own answer out of order`(
      transport: Transport
    ) throws {
      let ipc = try IpcApp.shared(over: transport)
      let (wrong, first, inOrder): (Int, Int, Bool) = try {
        let told = try ipc.window.evaluate(
          """
          (async () => {
            const all = 10000, came = []
            const calls = Array.from({ length: all }, (_, number) =>
              electron.ipcRenderer.invoke('wait-for-others', number, all).then(answer => {
                came.push(number)
                return answer
              }))
            const answers = await Promise.all(calls)
            const wrong = answers.filter((answer, number) => answer !== `answer to ${number}`).length
            return [wrong + Math.abs(came.length - all), came[0], came.every((number, at) => at === 0 \
              || came[at - 1] < number)]
          })()
          """, in: .preload, by: Deadline(seconds: 120))
        return (
          try Int.decode(from: told[0]), try Int.decode(from: told[1]), try Bool.decode(from: told[2])
        )
      }()
      #expect(wrong == 0)
      #expect(first == 5000)
      #expect(!inOrder)
      // All calls had arrived before the first was answered.
      try ipc.app.waitForLog("10000 calls are waiting")
    }

    @Test(arguments: Transport.allCases) func `S-37 Channel names are arbitrary strings`(transport: Transport)
      throws
    {
      let ipc = try IpcApp.shared(over: transport)
      for channel in ["''", "'__proto__'", "'канал ☂'", "'x'.repeat(100000)"] {
        #expect(try ipc.preload("electron.ipcRenderer.invoke(\(channel))") == "here")
      }
      // A channel name that Swift cannot represent has no handler, and is not mapped to a similar name.
      #expect(
        try ipc.failure("electron.ipcRenderer.invoke('\\ud800')")?.contains("No handler registered") == true)
      #expect(try ipc.failure("electron.ipcRenderer.invoke('\\ufffd')") == nil)
    }
  }
}
