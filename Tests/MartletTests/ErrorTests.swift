// The one shape of Martlet's errors, and how a renderer hears of them.

import MartletClone
import MartletIPC
import Testing

@testable import Martlet

@Suite("Martlet's errors")
struct ErrorTests {
  private static let all: [(error: any MartletError, name: String, code: String)] = [
    (CloneError.notCloneable("a window"), "Error", "ERR_NOT_CLONEABLE"),
    (CloneTypeMismatch(expected: "Int", found: "two"), "TypeError", "ERR_INVALID_ARG_TYPE"),
    (IpcSendError(.closed), "Error", "ERR_IPC_NO_RECEIVER"),
    (IpcSendError(.queueFull), "Error", "ERR_IPC_QUEUE_FULL"),
    (IpcSendError(.exhausted), "Error", "ERR_OUT_OF_MEMORY"),
    (MessagePortError(code: .portNeutered, message: "used"), "Error", "ERR_PORT_NEUTERED"),
    (
      DialogError(code: .invalidDefaultPath, message: "cannot", underlyingError: nil), "Error",
      "ERR_INVALID_DEFAULT_PATH"
    ),
    (
      Unsupported(feature: .windowPosition, reason: "Wayland"), "Error", "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"
    ),
    (AcceleratorError("none"), "Error", "ERR_INVALID_ACCELERATOR"),
    (MenuError(code: .outOfRange, message: "far"), "Error", "ERR_OUT_OF_RANGE"),
    (LoadFailure(.fileNotFound, url: "app://a/b"), "Error", "ERR_FILE_NOT_FOUND"),
    (ScriptError(message: "RangeError: far", stack: ""), "Error", "ERR_SCRIPT_THREW"),
    (ScriptError.pageGone, "Error", "ERR_PAGE_GONE"),
    (
      PreloadError(message: "RangeError: far", file: "preload.js", line: 1, stack: ""), "Error",
      "ERR_PRELOAD_THREW"
    ),
  ]

  @Test
  func `Martlet's errors reach a renderer with their name, code and text`() {
    for (error, name, code) in Self.all { check(error, name, code) }
  }

  private func check(_ error: any MartletError, _ name: String, _ code: String) {
    let failure = IpcFailure(error)
    #expect(failure.name == name)
    #expect(failure.code == code)
    #expect(failure.detail == "\(name): \(error.message)")
    #expect(code.hasPrefix("ERR_") && "\(error.code)" == code)
  }

  @Test
  func `Martlet's errors keep Chromium's numbers with their names`() {
    let failure = LoadFailure(.certificateWeakSignature, url: "https://a")
    #expect(failure.errno == -208)
    #expect("\(failure)" == "ERR_CERT_WEAK_SIGNATURE_ALGORITHM (-208) loading 'https://a'")
    #expect(LoadFailure("ERR_OF_ANOTHER", url: "").errno == -2)
  }
}
