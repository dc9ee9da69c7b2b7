// Listeners that are added and removed at every level, and the messages that can be sent to a page.

import Martlet

enum Emitters {
  private static var waiting: [(number: Int, reply: InvokeReply)] = []

  static func forget() { waiting = [] }

  static func register(_ app: App) {
    ipcMain.on("destroy-while-loading") { event in
      event.returnValue = CloneValue.null
      BrowserWindow.from(event.sender)?.destroy()
    }
    ipcMain.handle("open-window-with-preload") { (_, preload: String) in
      Windows.open(app, preload: preload).id
    }
    registerCalls()
    registerMessages()
  }

  /// S-35: keeps calls until a given number has arrived, and then answers them in another order.
  private static func registerCalls() {
    ipcMain.handleWithReply("wait-for-others") { (_, reply: InvokeReply, number: Int, all: Int) in
      waiting.append((number, reply))
      guard waiting.count == all else { return }
      print("\(all) calls are waiting")
      let calls = waiting
      waiting = []
      // A step without a common divisor with powers of ten reaches each call once.
      for index in 0..<all {
        let (number, reply) = calls[(index * 7919 + all / 2) % all]
        reply.succeed("answer to \(number)")
      }
    }
  }

  private static func registerMessages() {
    // IPC-36: to the contents, or to the main frame.
    ipcMain.handle("post-to") { (event, level: String, value: CloneValue) throws in
      level == "contents"
        ? try event.sender.postMessage("foo", value) : try event.sender.mainFrame.postMessage("foo", value)
    }
    // IPC-40, IPC-44, IPC-45, S-15: the text of each refusal, or "none".
    ipcMain.handle("post-refusals") { event -> [String] in
      let contents = event.sender
      let (first, second) = (MessageChannelMain(), MessageChannelMain())
      var texts: [String] = []
      for post in [contents.postMessage, contents.mainFrame.postMessage] {
        for (message, ports) in [
          (Uncloneable() as any CloneEncodable, [first.port1]), (1, [first.port1, first.port1]),
        ] {
          texts.append(refusal { try post("foo", message, ports) })
        }
      }
      texts.append(refusal { try contents.postMessage("foo", 2, transfer: [first.port1]) })
      texts.append(refusal { try contents.postMessage("foo", 3, transfer: [first.port1]) })
      texts.append(
        refusal { try contents.mainFrame.postMessage("foo", 4, transfer: [second.port1, first.port1]) })
      return texts
    }
    // S-15: whether it was sent.
    ipcMain.handle("send-uncloneable") { event in event.sender.mainFrame.send("foo", Uncloneable()) }
    // S-15: the page is gone, which is not an error.
    ipcMain.handle("speak-to-the-gone") { _ -> [String] in
      let window = BrowserWindow { $0.show = false }
      let (contents, frame) = (window.webContents, window.webContents.mainFrame)
      window.destroy()
      let port = MessageChannelMain().port1
      return [
        "\(contents.send("foo", 1))", "\(frame.send("foo", 1))",
        outcome { try contents.postMessage("foo", 1, transfer: [port]) },
        outcome { try frame.postMessage("foo", 1) },
      ]
    }
  }

  /// The outcome of a post: the error's text, or "none".
  static func outcome(_ post: () throws -> Void) -> String {
    do {
      try post()
      return "sent"
    } catch let error as any MartletError {
      return "\(error.code): \(error)"
    } catch {
      return "\(error)"
    }
  }

  static func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "none"
    } catch {
      return "\(error)"
    }
  }
}
