// Makes the main process run out of file descriptors while a closure runs.

import Glibc
import Martlet

enum Scarcity {
  private static let megabyte = CloneValue.string(CloneString(String(repeating: "x", count: 1 << 20)))

  static func register() {
    ipcMain.handleWithReply("answer-without-descriptors") { (_, reply: InvokeReply) in
      run { reply.succeed(megabyte) }
    }
    ipcMain.on("answer-without-descriptors") { event in run { event.returnValue = megabyte } }
    // The outcome of sending long and short messages, and of making channels.
    ipcMain.handle("send-without-descriptors") { event -> [String] in
      let contents = event.sender
      var told: [String] = []
      run {
        told.append("\(contents.send("scarce", megabyte))")
        told.append(Emitters.outcome { try contents.postMessage("scarce", megabyte) })
        told.append("\(contents.send("scarce", "short"))")
      }
      return told
    }
    ipcMain.handle("channel-without-descriptors") { event throws -> [String] in
      var channel: MessageChannelMain?
      run { channel = MessageChannelMain() }
      guard let channel else { return [] }
      let told = [
        Emitters.refusal { try channel.port1.postMessage("to nobody") },
        Emitters.outcome { try event.sender.postMessage("a closed port", nil, transfer: [channel.port1]) },
        Emitters.outcome { try event.sender.postMessage("a closed port", nil, transfer: [channel.port1]) },
      ]
      channel.port2.start()
      channel.port2.close()
      return told
    }
    ipcMain.handle("descriptor-limit") { _ -> [Int] in
      let limit = limit()
      return [Int(limit.rlim_cur), Int(limit.rlim_max)]
    }
  }

  private static func run(_ body: () -> Void) {
    let before = limit()
    var scarce = before
    // The next descriptor is the lowest free one.
    let next = dup(0)
    close(next)
    scarce.rlim_cur = rlim_t(next)
    set(scarce)
    body()
    set(before)
  }

  private static func limit() -> rlimit {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return limit
  }

  private static func set(_ limit: rlimit) {
    var limit = limit
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
