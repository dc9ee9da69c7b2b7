// Frames over a socket whose other end the renderer extension holds: no hop through WebKit's own processes, and a
// synchronous call is a blocking receive over there.

internal import CWebKit
internal import GLibKit
internal import IPC

final class LaneTransport: RendererTransport {
  var onFrame: (@MainActor (Frame, SyncReply?) -> Void)?
  var onViolation: (@MainActor (FrameError) -> Void)?
  var onEnd: (@MainActor () -> Void)?

  /// Frames handled at a time before the loop gets to draw and to hear the user.
  private static let burst = 64
  /// How long a document that is being left may go on speaking.
  private static let farewellMilliseconds: UInt32 = 1000
  private static let buffer = UnsafeMutableRawBufferPointer.allocate(
    byteCount: FrameSocket.packetLimit, alignment: 16)

  /// Nil when closed.
  private var socket: FrameSocket?
  private var reading: SourceToken?
  private var writing: SourceToken?
  private var farewell: SourceToken?
  private var state = State.open

  private enum State { case open, leaving, closed }

  init(_ socket: OwnedDescriptor) {
    self.socket = FrameSocket(socket)
    read(urgently: true)
  }

  isolated deinit {
    stopSources()
  }

  // MARK: Sending

  func send(_ frame: [UInt8], ports: [OwnedDescriptor]) {
    guard state == .open, let socket else { return }
    do throws(FrameSocket.SendError) {
      try socket.send(frame, ports: ports)
      if socket.hasQueue, writing == nil { write() }
    } catch {
      switch error {
      case .closed: close()
      case .queueFull: violate(FrameError("nothing for so long that too much waits for it: it does not read"))
      case .exhausted: violate(FrameError("nothing wrong, but the system has no memory or descriptors left"))
      }
    }
  }

  /// Sends what waits as soon as there is room.
  private func write() {
    guard let socket else { return }
    writing = MainLoop.watch(descriptor: socket.descriptor, for: G_IO_OUT) { [weak self] _ in
      guard let self, let socket = self.socket else { return false }
      if socket.flush() { writing = nil }
      return writing != nil
    }
  }

  // MARK: Receiving

  /// Watches the socket. A renderer that has filled a burst is read again when nothing is left to draw.
  private func read(urgently: Bool) {
    guard let socket else { return }
    reading = MainLoop.watch(
      descriptor: socket.descriptor, for: G_IO_IN, priority: urgently ? .default : .belowDrawing
    ) { [weak self] _ in self?.receive(urgently: urgently) ?? false }
  }

  /// False when this watch is over.
  private func receive(urgently: Bool) -> Bool {
    for _ in 0..<Self.burst {
      guard let socket else { return false }
      do throws(FrameError) {
        switch try socket.receive(into: Self.buffer) {
        case .frame(let frame): deliver(frame)
        case .nothing:
          if !urgently { read(urgently: true) }
          return urgently
        case .end:
          reading = nil
          close()
          return false
        }
      } catch {
        reading = nil
        violate(error)
        return false
      }
    }
    guard socket != nil else { return false }
    if urgently { read(urgently: false) }
    return !urgently
  }

  private func deliver(_ frame: Frame) {
    let reply = frame.kind == .sendSync ? SyncReply { [weak self] in self?.send($0, ports: []) } : nil
    onFrame?(frame, reply)
  }

  // MARK: The end

  private func violate(_ error: FrameError) {
    close()
    onViolation?(error)
  }

  func leave() {
    guard state == .open else { return }
    state = .leaving
    // The extension closes its end when it sees that ours is done.
    socket?.endSending()
    farewell = MainLoop.after(milliseconds: Self.farewellMilliseconds) { [weak self] in
      self?.farewell = nil
      self?.close()
    }
  }

  func close() {
    guard state != .closed else { return }
    state = .closed
    stopSources()
    socket = nil
    onEnd?()
  }

  private func stopSources() {
    reading?.cancel()
    writing?.cancel()
    farewell?.cancel()
    reading = nil
    writing = nil
    farewell = nil
  }
}
