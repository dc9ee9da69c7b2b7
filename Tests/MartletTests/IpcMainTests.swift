// The channels of ipcMain, webContents.ipc and frame.ipc, without a page.

import MartletIPC
import Testing

@testable import Martlet

struct IpcMainTests {
  /// Every way to add a handler that throws, by name.
  private static let throwing: [(name: String, add: (IpcMain) throws(DuplicateHandler) -> Void)] = [
    ("tryHandle", { ipc throws(DuplicateHandler) in try ipc.tryHandle("x") { _ in 1 } }),
    ("tryHandle, Void", { ipc throws(DuplicateHandler) in try ipc.tryHandle("x") { (_, _: Int) in } }),
    ("tryHandleOnce", { ipc throws(DuplicateHandler) in try ipc.tryHandleOnce("x") { _ in 1 } }),
    (
      "tryHandleOnce, Void", { ipc throws(DuplicateHandler) in try ipc.tryHandleOnce("x") { (_, _: Int) in } }
    ),
    (
      "tryHandleWithReply",
      { ipc throws(DuplicateHandler) in try ipc.tryHandleWithReply("x") { (_, _: InvokeReply) in } }
    ),
  ]

  /// Every way to add a handler that stops the program when there is one already.
  private static let trapping: [(name: String, add: (IpcMain) -> Void)] = [
    ("handle", { $0.handle("x") { _ in 1 } }),
    ("handle, Void", { $0.handle("x") { (_, _: Int) in } }),
    ("handleOnce", { $0.handleOnce("x") { _ in 1 } }),
    ("handleOnce, Void", { $0.handleOnce("x") { (_, _: Int) in } }),
    ("handleWithReply", { $0.handleWithReply("x") { (_, _: InvokeReply) in } }),
  ]

  @Test
  func `S-27 Every try method throws for a second handler, however the first was added`() throws {
    for first in Self.trapping {
      for second in Self.throwing {
        let ipc = IpcMain()
        first.add(ipc)
        let error = #expect(throws: DuplicateHandler.self, "\(second.name) after \(first.name)") {
          try second.add(ipc)
        }
        #expect(error?.message.hasPrefix("Attempted to register a second handler for 'x'") == true)
      }
    }
  }

  @Test
  func `S-27 A try method adds a handler where there is none, and again after removeHandler`() throws {
    for (_, add) in Self.throwing {
      let ipc = IpcMain()
      try add(ipc)
      #expect(throws: DuplicateHandler.self) { try ipc.tryHandle("x") { _ in 2 } }
      ipc.removeHandler("x")
      try add(ipc)
    }
  }
}
