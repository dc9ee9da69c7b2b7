// Message ports that the tests transfer.

import Martlet

enum Ports {
  /// The ports that listeners keep.
  private static var kept: [MessagePortMain] = []

  static func forget() {
    for port in kept { port.close() }
    kept = []
  }

  static func register() {
    // IPC-12, IPC-13, IPC-48: the ports of a message.
    ipcMain.on("port") { (event, message: CloneValue) in
      print("port: \(message) with \(event.ports.count), from \(event.senderFrame?.url ?? "nobody")")
      kept += event.ports
    }
    // IPC-14: answers on a port that the page created.
    ipcMain.on("echo-port") { event in
      for port in event.ports {
        port.on(.message) { message in
          do { try port.postMessage(message.data, transfer: message.ports) } catch { print("\(error)") }
        }
        port.on(.close) { print("echo-port closed") }
        port.start()
      }
    }
    // IPC-15: the page doubles the number that it receives.
    ipcMain.handle("ask-by-port") { (event, number: Int) async throws -> Int in
      let channel = MessageChannelMain()
      try event.sender.postMessage("double", nil, transfer: [channel.port2])
      return try await withCheckedThrowingContinuation { answer in
        channel.port1.once(.message) { message in
          answer.resume(with: Result { try Int.decode(from: message.data) })
        }
        do { try channel.port1.postMessage(number) } catch { print("\(error)") }
        channel.port1.start()
      }
    }
    // Typed listeners: the messages that each of them receives of a text, a number, and a port with a text.
    ipcMain.handle("typed-port") { _ async in await typed() }
    // IPC-17, pattern 4: a channel between two windows.
    ipcMain.handle("connect") { (_, first: Int, second: Int) throws in
      let channel = MessageChannelMain()
      let windows = BrowserWindow.all
      try windows.first { $0.id == first }?.webContents.postMessage(
        "connected", "first", transfer: [channel.port1])
      try windows.first { $0.id == second }?.webContents.postMessage(
        "connected", "second", transfer: [channel.port2])
    }
    ipcMain.on("forward") { (event, id: Int) in
      let window = BrowserWindow.from(id: id)
      try? window?.webContents.postMessage("connected", "forwarded", transfer: event.ports)
    }
    // IPC-18, IPC-27, IPC-52: queued before it is sent, closed after.
    ipcMain.handle("send-port") { (event, texts: [String], close: Bool) throws in
      let channel = MessageChannelMain()
      for text in texts { try channel.port1.postMessage(text) }
      try event.sender.postMessage("double", nil, transfer: [channel.port2])
      if close { channel.port1.close() } else { kept.append(channel.port1) }
    }
    ipcMain.handle("send-ports") { (event, count: Int) throws in
      for number in 0..<count {
        let channel = MessageChannelMain()
        kept.append(channel.port1)
        try event.sender.postMessage("many", number, transfer: [channel.port2])
      }
    }
    // IPC-28: transfers a port through another one, and then its messages.
    ipcMain.handle("send-nested-port") { event throws in
      let (outer, inner) = (MessageChannelMain(), MessageChannelMain())
      try event.sender.postMessage("nested", nil, transfer: [outer.port2])
      try outer.port1.postMessage("a port", transfer: [inner.port2])
      try inner.port1.postMessage("a message")
      kept += [outer.port1, inner.port1]
      return
    }
    ipcMain.handle("port-errors") { _ in errors() }
    ipcMain.handle("start-ports") { _ async in await started() }
    ipcMain.handle("post-to-the-closed") { (_, closes: String) async in await closed(closes) }
    ipcMain.handle("everything-over-a-port") { _ async in await everything() }
    ipcMain.handle("ports-in-process") { _ async in await inProcess() }
  }

  /// IPC-25, IPC-29, IPC-30, IPC-32 to IPC-34, S-48, S-49.
  private static func errors() -> [String] {
    let channel = MessageChannelMain()
    let other = MessageChannelMain()
    let refusal = Emitters.refusal
    var texts = [
      refusal { try channel.port1.postMessage(nil, transfer: [channel.port1]) },
      refusal { try channel.port1.postMessage(nil, transfer: [other.port1, other.port1]) },
      refusal { try channel.port1.postMessage(Uncloneable(), transfer: [other.port1]) },
      refusal { try channel.port1.postMessage(nil, transfer: [other.port1]) },
      refusal { try channel.port1.postMessage(nil, transfer: [other.port1]) },
    ]
    // On a transferred port. Transferring it again would also be an error.
    texts.append(refusal { try other.port1.postMessage("to nobody") })
    channel.port1.close()
    channel.port1.close()
    // On a closed port, and on a port whose other end is closed.
    texts.append(refusal { try channel.port1.postMessage("to nobody") })
    texts.append(refusal { try channel.port2.postMessage("to nobody") })
    return texts
  }

  private static func typed() async -> [String] {
    await withCheckedContinuation { done in
      var heard: [String] = []
      let channel = MessageChannelMain()
      channel.port2.on(.message) { (text: String) in heard.append("text \(text)") }
      channel.port2.on(.message) { (message, number: Int) in
        heard.append("number \(number) with \(message.ports.count)")
        done.resume(returning: heard)
      }
      channel.port2.start()
      do {
        try channel.port1.postMessage("one")
        try channel.port1.postMessage(2, transfer: [MessageChannelMain().port1])
      } catch {
        done.resume(returning: ["\(error)"])
      }
    }
  }

  /// S-47: the messages of a port that is started, and started again, and of one that is never started.
  private static func started() async -> [String] {
    await withCheckedContinuation { done in
      var heard: [String] = []
      let channel = MessageChannelMain()
      let other = MessageChannelMain()
      @MainActor func post(_ port: MessagePortMain, _ text: String) {
        do { try port.postMessage(text) } catch { heard.append("\(error)") }
      }
      channel.port2.on(.message) { message in
        heard.append("\(message.data)")
        if heard.last == "'third'" { done.resume(returning: heard) }
      }
      // If this port were started, it would have received its message before the other port did.
      other.port2.once(.message) { _ in
        heard.append("start")
        channel.port2.start()
        channel.port2.start()
        post(channel.port1, "third")
        heard.append("posted")
      }
      post(channel.port1, "first")
      post(channel.port1, "second")
      post(other.port1, "now")
      other.port2.start()
    }
  }

  /// IPC-29, IPC-30, S-50: the messages of both ports of a channel when one is closed twice, and messages are
  /// sent from it and to it.
  private static func closed(_ closes: String) async -> [String] {
    await withCheckedContinuation { done in
      var heard: [String] = []
      let channel = MessageChannelMain()
      let ports = [("own", channel.port1), ("peer", channel.port2)]
      for (name, port) in ports {
        port.on(.message) { heard.append("\(name) \($0.data)") }
        port.on(.close) {
          heard.append("\(name) close")
          guard heard.count(where: { $0.hasSuffix("close") }) == 2 else { return }
          // Every other message arrives before this.
          Task { done.resume(returning: heard) }
        }
        port.start()
      }
      do {
        try channel.port1.postMessage("before")
        channel.port1.close()
        channel.port1.close()
        for (name, port) in ports where name == closes { try port.postMessage("after") }
      } catch {
        heard.append("\(error)")
      }
    }
  }

  /// IPC-22, IPC-23: values of every kind from one port of a channel to the other.
  private static func everything() async -> [String] {
    let channel = MessageChannelMain()
    let values: [any CloneEncodable] = [
      CloneValue.undefined, 1, true, [1, 2], "text", CloneObject([("a", 1)]),
    ]
    return await withCheckedContinuation { done in
      var heard: [String] = []
      channel.port2.on(.message) {
        heard.append("\($0.data)")
        if heard.count == values.count + 1 { done.resume(returning: heard) }
      }
      channel.port2.start()
      do {
        try channel.port1.postMessage(nil)
        for value in values { try channel.port1.postMessage(value) }
      } catch {
        print("\(error)")
      }
    }
  }

  /// IPC-16, IPC-26, IPC-35, S-47, S-50: the order of what two ports in this process hear.
  private static func inProcess() async -> [String] {
    await withCheckedContinuation { done in
      var heard: [String] = []
      let channel = MessageChannelMain()
      let inner = MessageChannelMain()
      // The inner port was started and receives messages without a reference, before the end of the other
      // port or after it.
      let last = ["closed", "'queued in the inner port'"]
      func hear(_ text: String) {
        heard.append(text)
        if last.contains(text), last.allSatisfy(heard.contains) { done.resume(returning: heard) }
      }
      do {
        try inner.port1.postMessage("queued in the inner port")
        try channel.port2.postMessage("a port", transfer: [inner.port2])
        try channel.port2.postMessage("last")
      } catch {
        heard.append("\(error)")
      }
      channel.port2.close()
      channel.port1.on(.message) { message in
        hear("\(message.data)")
        message.ports.first?.on(.message) { hear("\($0.data)") }
        message.ports.first?.start()
      }
      channel.port1.on(.close) { hear("closed") }
      heard.append("started")
      channel.port1.start()
    }
  }
}
