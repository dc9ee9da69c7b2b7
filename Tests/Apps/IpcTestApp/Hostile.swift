// Starts a hostile process with a lane, as a web process has one, and reports how the lane ended.

import CMartletWebKit
import Glibc
import MartletIPC
import Martlet
import MartletClone
import MartletWebHost

enum Hostile {
  private static var listeners: [Listener] = []
  private static var isRunning = false
  private static var process: OpaquePointer?

  static func register() {
    ipcMain.handle("hostile") { (_, attack: String) async throws -> String in
      let lane = try start(attack)
      isRunning = true
      defer { isRunning = false }
      return await withCheckedContinuation { listeners.append(Listener(to: lane, $0)) }
    }
    ipcMain.handle("hostile-is-running") { _ in isRunning }
    ipcMain.handle("hostile-stop") { _ in g_subprocess_force_exit(process) }
  }

  /// Starts the process with one end of a pair, and returns the other end. This process must close its copy
  /// of the first end.
  private static func start(_ attack: String) throws -> OwnedDescriptor {
    guard let (ours, theirs) = OwnedDescriptor.pair() else { throw Failure(description: "no sockets") }
    let launcher = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_NONE)
    defer { g_object_unref(launcher.map { UnsafeMutableRawPointer($0) }) }
    g_subprocess_launcher_take_fd(launcher, dup(theirs.number), 3)
    let program = (InstalledFiles.executable.split(separator: "/").dropLast() + ["hostile-renderer"])
      .joined(separator: "/")
    let words: [String] = ["/" + program, attack]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    let process = arguments.withUnsafeMutableBufferPointer { list in
      list.withMemoryRebound(to: UnsafePointer<CChar>?.self) {
        g_subprocess_launcher_spawnv(launcher, $0.baseAddress, nil)
      }
    }
    guard let process else { throw Failure(description: "no process") }
    if let last = Self.process { g_object_unref(UnsafeMutableRawPointer(last)) }
    Self.process = process
    return ours
  }
}

/// Stands in for a document: receives from the lane, and answers every call.
private final class Listener: EnvelopeReceiver {
  private var lane: LaneTransport?
  private var count = 0
  private let told: CheckedContinuation<String, Never>
  private let megabyte = CloneValue.string(CloneString(String(repeating: "x", count: 1 << 20)))

  init(to socket: OwnedDescriptor, _ told: CheckedContinuation<String, Never>) {
    self.told = told
    lane = LaneTransport(socket, of: self)
  }

  func receive(_ envelope: Envelope, _ reply: SyncReply?) {
    count += 1
    switch DocumentEnvelope(envelope) {
    case .syncCall(let call): lane?.syncReply(on: call.ports.first)?.succeed(megabyte)
    case .call(let call) where call.kind == .invoke:
      try? lane?.send(IpcReply.success(call: 1, megabyte, .onMainLoop))
    default: break
    }
  }

  func receivedEnd(_ violation: String?) {
    let reason = violation ?? "it went"
    told.resume(returning: count > 50 ? "many envelopes, then \(reason)" : reason)
  }
}
