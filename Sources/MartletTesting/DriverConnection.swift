// The test's end of the socket to the app, whose end is in Sources/Martlet/Testing/TestDriver.swift.

internal import Glibc
internal import MartletClone

/// Sends commands to the app under test and waits for its replies.
final class DriverConnection {
  private let descriptor: Int32
  private var received: [UInt8] = []
  private var lastCall = 0
  /// Events of the app that no wait has consumed yet.
  private var events: [CloneValue] = []

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
  }

  /// Sends a command and waits for its reply.
  func call(_ command: String, _ arguments: [(String, CloneValue)], by deadline: Deadline) throws
    -> CloneValue
  {
    lastCall += 1
    let message = CloneObject(
      [("call", .number(Double(lastCall))), ("command", .string(CloneString(command)))] + arguments)
    try send(.object(message))
    while true {
      let answer = try receive(by: deadline, "an answer to '\(command)'")
      if try Int?.decode(from: answer["call"]) == lastCall {
        if let error = try String?.decode(from: answer["error"]) {
          throw TestingError("\(command): \(error)")
        }
        return answer["value"]
      }
      if answer["call"].isUndefined { events.append(answer) }
    }
  }

  /// Waits for an event of the app, which may already have arrived. `what` is for the error's text.
  func waitForEvent(_ name: String, window: Int, _ what: String, by deadline: Deadline) throws {
    func isWanted(_ event: CloneValue) throws -> Bool {
      try String?.decode(from: event["event"]) == name && Int?.decode(from: event["window"]) == window
    }
    if try events.contains(where: isWanted) { return }
    while true {
      let message = try receive(by: deadline, what)
      if message["call"].isUndefined {
        events.append(message)
        if try isWanted(message) { return }
      }
    }
  }

  private func send(_ value: CloneValue) throws {
    let bytes = try CloneCodec.encode(value)
    var rest = (withUnsafeBytes(of: UInt32(bytes.count)) { Array($0) } + bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw TestingError("the app has ended") }
      rest = rest.dropFirst(count)
    }
  }

  private func receive(by deadline: Deadline, _ what: String) throws -> CloneValue {
    while true {
      if received.count >= 4 {
        let length = Int(received.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
        if received.count >= 4 + length {
          defer { received.removeFirst(4 + length) }
          return try CloneCodec.decode(Array(received[4..<4 + length]))
        }
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let milliseconds = deadline.millisecondsLeft
      guard milliseconds > 0, poll(&waiting, 1, milliseconds) > 0 else {
        throw TestingError("timed out waiting for \(what)")
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { throw TestingError("the app ended while the test waited for \(what)") }
      received += chunk[..<count]
    }
  }
}
