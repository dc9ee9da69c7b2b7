// The app's end of MartletTesting: executes the commands of a test that started this process.
//
// It is active only if the parent process left a connected socket open for it. An environment variable has
// the descriptor's number, and the descriptor must be a Unix socket whose other end the parent created.
// Neither an environment variable nor an argument alone enables it.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib
internal import Glibc
internal import MartletIPC
internal import MartletClone

final class TestDriver {
  private static var current: TestDriver?

  private let descriptor: Int32
  private var received: [UInt8] = []

  /// The environment variable with the descriptor's number.
  private static let variable = "MARTLET_TEST_DRIVER"

  static func startIfAsked() {
    guard let text = g_getenv(variable), let descriptor = Int32(String(cString: text)) else { return }
    g_unsetenv(variable)
    guard isSocketOfParent(descriptor) else {
      return Log.warning("ignored \(variable): it is not a socket of the parent process")
    }
    current = TestDriver(descriptor)
  }

  private static func isSocketOfParent(_ descriptor: Int32) -> Bool {
    descriptor > STDERR_FILENO && martlet_socket_peer(descriptor) == getppid()
  }

  private init(_ descriptor: Int32) {
    self.descriptor = descriptor
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    MainLoop.watch(descriptor: descriptor, for: GIOCondition(rawValue: G_IO_IN.rawValue | G_IO_HUP.rawValue))
    {
      [unowned self] _ in readable()
    }
    App.running.on(.browserWindowCreated) { [unowned self] window in watch(window) }
  }

  private func watch(_ window: BrowserWindow) {
    window.on(.readyToShow) { [unowned self] in
      send(["event": "ready-to-show", "window": .number(Double(window.id))])
    }
  }

  private func readable() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = read(descriptor, &chunk, chunk.count)
    guard count > 0 else {
      // The test process has ended, so the app ends too.
      App.current?.exit(1)
      return false
    }
    received += chunk[..<count]
    while let message = takeMessage() { answer(message) }
    return true
  }

  private func takeMessage() -> CloneValue? {
    guard received.count >= 4 else { return nil }
    let length = Int(received.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) })
    guard received.count >= 4 + length else { return nil }
    let message = try? CloneCodec.decode(Array(received[4..<4 + length]))
    received.removeFirst(4 + length)
    return message ?? .undefined
  }

  private func send(_ value: CloneValue) {
    guard var bytes = try? CloneCodec.encode(value) else { return }
    let length = UInt32(bytes.count)
    bytes = withUnsafeBytes(of: length) { Array($0) } + bytes
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  private func answer(_ message: CloneValue) {
    let call = message["call"]
    Task.immediate { @MainActor in
      do {
        send(["call": call, "value": try await perform(message)])
      } catch {
        send(["call": call, "error": .string(CloneString("\(error)"))])
      }
    }
  }

  private func perform(_ message: CloneValue) async throws -> CloneValue {
    let command = try String.decode(from: message["command"])
    switch command {
    case "windows":
      return .array(CloneArray(BrowserWindow.all.map(describe)))
    case "evaluate":
      let contents = try window(message).webContents
      let code = try String.decode(from: message["code"])
      return try await message["world"].isUndefined
        ? contents.executeJavaScript(code) : contents.mainFrame.execute(code, inPage: false)
    case "screenshot":
      let path = try String.decode(from: message["path"])
      return .bool(try await window(message).savePicture(to: path))
    case "open-menu":
      let window = try window(message)
      // A menu that has just closed has the keyboard until the display server knows of it.
      gdk_display_sync(gtk_widget_get_display(window.window.pointer()))
      return try window.openMenuID.cloneValue()
    case "page-origin":
      let origin = try window(message).pageOrigin()
      return [.number(origin.x), .number(origin.y)]
    case "dialogs":
      return .array(
        CloneArray(
          try BrowserWindow.otherWindows().map { dialog in
            [
              "title": .string(CloneString(dialog.title)), "isModal": .bool(dialog.isModal),
              "parent": try (dialog.parent?.id).cloneValue(),
            ]
          }))
    case "close":
      try window(message).close()
      return .undefined
    case "counts":
      return [
        "closures": .number(Double(AnyClosureBox.live)),
        "cyclicValues": .number(Double(CycleCollector.onMainLoop.count)),
      ]
    case "quit":
      App.current?.quit()
      return .undefined
    default:
      throw DriverError(description: "unknown command '\(command)'")
    }
  }

  private func window(_ message: CloneValue) throws -> BrowserWindow {
    let id = try Int.decode(from: message["window"])
    guard let window = BrowserWindow.from(id: id) else {
      throw DriverError(description: "no window \(id)")
    }
    return window
  }

  private func describe(_ window: BrowserWindow) -> CloneValue {
    [
      "id": .number(Double(window.id)), "title": .string(CloneString(window.title)),
      "url": .string(CloneString(window.webContents.url)), "isLoading": .bool(window.webContents.isLoading),
      "isFocused": .bool(window.isFocused), "isVisible": .bool(window.isVisible),
      "nativeID": .string(CloneString(window.nativeID)),
    ]
  }
}

private struct DriverError: Error, CustomStringConvertible {
  let description: String
}
