// A window whose page has frames, for the frame tests.

import MartletTesting
import MartletClone

/// A page of Tests/Pages/frames in a window of its own, in addition to the test app's first window.
struct FramesPage {
  let ipc: IpcApp
  let id: Int

  /// Waits until `count` frames are loaded.
  init(_ page: String, in ipc: IpcApp, inSubFrames: Bool = true) throws {
    self.ipc = ipc
    id = try ipc.invoke("open-frames", "'\(page)', \(inSubFrames)")
    try ipc.app.waitForLog("did-frame-finish-load main \(page)")
  }

  var window: WindowUnderTest {
    get throws { try eventually("window \(id)") { try ipc.app.windows().first { $0.id == id } } }
  }

  /// A property of every frame, depth first.
  func facts<T: CloneDecodable>(_ name: String, as type: T.Type = T.self) throws -> [T] {
    guard case .array(let frames) = try ipc.invoke("frames", "\(id)", as: CloneValue.self) else { return [] }
    return try frames.elements.map { try T.decode(from: $0[name]) }
  }

  /// The value of a script in the preload's world of the main frame. That world can reach the frames' worlds.
  func preload<T: CloneDecodable>(_ code: String, as type: T.Type = T.self) throws -> T {
    try T.decode(from: window.evaluate(code, in: .preload))
  }

  /// The value of a script in the page's world of a frame, depth first.
  func execute<T: CloneDecodable>(_ code: String, in frame: Int, as type: T.Type = T.self) throws -> T {
    try ipc.invoke("execute-in-frame", "\(id), \(frame), `\(code)`")
  }
}

/// The end of a URL, from the last slash.
func file(_ url: String) -> String { String(url.split(separator: "/").last ?? "") }
