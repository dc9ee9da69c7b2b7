// Code that may end the process: an app must not end because of a page, a web process or a file.

import Testing

/// A file with code that may trap, how often, and why untrusted input cannot trigger it.
private struct Trap: Sendable {
  let path: String
  let count: Int
  let why: String

  init(_ path: String, _ count: Int, _ why: String) {
    self.path = "Sources/\(path).swift"
    self.count = count
    self.why = why
  }
}

private let memory = "memory of our own, of a length that is not zero"
private let callback = "the data that we gave with the callback"
private let allocation = "GLib ends the process itself where it has no memory"
private let misuse = "a mistake in the app's own code, as documented"

/// fatalError, precondition, assert, try!, as!.
private let calls = [
  Trap(
    "MartletClone/Wire/ReusedStack", 1,
    "the decoder compares each id with the count; memory behind it is not ours"),
  Trap("MartletGLib/Signals/Signal", 1, "the wrappers' signals and types are literals"),
  Trap("Martlet/App/App", 1, misuse),
  Trap("Martlet/Menus/Accelerator", 1, misuse),
  Trap("Martlet/Windows/BrowserWindow", 1, misuse), Trap("Martlet/IPC/IpcMain", 1, misuse),
]

/// Forced unwrapping.
private let unwraps = [
  Trap("MartletClone/Values/Text/CloneString", 1, memory), Trap("MartletClone/Wire/ReusedStack", 2, memory),
  Trap("MartletClone/Wire/Reader", 1, "a literal"),
  Trap("MartletClone/Wire/Writer", 2, "the second is behind its own comparison with nil"),
  Trap("MartletIPC/Lane/Lane", 2, memory), Trap("MartletIPC/Envelope/Mapping", 1, memory),
  Trap("MartletPackets/OutgoingPacket", 1, "a packet has a part"),
  Trap("MartletPackets/PacketQueue", 4, "from the head to the end all packets are there"),
  Trap("MartletGLib/Objects/ClosureBox", 2, callback),
  Trap("MartletGLib/Signals/Signal", 6, "the types were compared when the signal was connected"),
  Trap("MartletGLib/System/Files", 2, allocation), Trap("MartletGLib/Text/Strings", 6, allocation),
  Trap("Martlet/Dialogs/FileChooser", 1, allocation), Trap("Martlet/Menus/MenuBar", 6, allocation),
  Trap("Martlet/WebContents/WebContents+Scripts", 1, "waited for in the line before"),
  Trap("MartletRenderer/Support/Signals", 3, "the types were compared when the signal was connected"),
  Trap("MartletRenderer/Lane/UnsentLanes", 1, callback), Trap("MartletRenderer/Lane/Lane", 6, callback),
  Trap("MartletRenderer/Lane/LaneFunctions", 3, callback),
  Trap("MartletRenderer/Console/ConsoleForwarding", 2, callback),
  Trap("MartletRenderer/Lane/DocumentLanes", 2, "set before anything is received; memory of our own"),
  Trap("MartletRenderer/Documents/FrameScripts", 1, "behind its own comparison with nil"),
  Trap("MartletRenderer/Documents/FrameWatch", 1, callback),
  Trap("MartletRenderer/Support/Functions", 1, callback),
  Trap("MartletRenderer/Support/ShortText", 4, allocation),
  Trap("MartletRenderer/Worlds/WorldFunctions", 1, "behind its own comparison with nil"),
]

/// The number of calls in a source that end the process when a condition fails.
private func trappingCalls(in text: String) -> Int {
  bare(text).matches(
    of: /\b(fatalError|preconditionFailure|precondition|assertionFailure|assert)\s*\(|\btry!|\bas!/
  )
  .count
}

/// The number of forced unwraps in a source.
private func forcedUnwraps(in text: String) -> Int {
  // `as!` and `try!` are counted with the calls; `!=` and `!flag` are other operators.
  bare(text).replacing(/\b(as|try)!/, with: "").matches(of: /[\w)\]]!(?![=\w"(])/).count
}

@Suite("Trapping code")
struct TrapTests {
  @Test(arguments: [
    "MartletClone", "MartletPackets", "MartletIPC", "MartletGLib", "MartletWebHost", "Martlet",
    "MartletRenderer",
  ])
  func `A trapping call is listed with its reason`(module: String) throws {
    try check(module, calls, trappingCalls)
  }

  @Test(arguments: [
    "MartletClone", "MartletPackets", "MartletIPC", "MartletGLib", "Martlet", "MartletRenderer",
  ])
  func `A forced unwrap is listed with its reason`(module: String) throws {
    try check(module, unwraps, forcedUnwraps)
  }

  private func check(_ module: String, _ traps: [Trap], _ count: (String) -> Int) throws {
    let files = try Repository.files(in: "Sources/\(module)", endings: ["swift"])
    #expect(!files.isEmpty)
    for file in files {
      let known = traps.first { $0.path == file.path }
      #expect(
        count(file.text) == known?.count ?? 0,
        """
        \(file.path) has \(count(file.text)) places that can end the process, and \
        \(known?.count ?? 0) with a reason: answer with an error, or add the reason to TrapTests.swift
        """
      )
    }
  }

  @Test
  func `Each rule flags its planted traps and nothing else`() {
    for text in [
      "fatalError()", "else { fatalError(\"x\") }", "precondition(a > b)", "try! f()", "x as! Int",
      "assert (a)",
    ] {
      #expect(trappingCalls(in: text) == 1, "\(text)")
      #expect(forcedUnwraps(in: text) == 0, "\(text)")
    }
    for text in ["a!", "a!.b", "f(a!)", "a![0]", "a()!", "a[0]!.b()", "a! + 1"] {
      #expect(forcedUnwraps(in: text) == 1, "\(text)")
      #expect(trappingCalls(in: text) == 0, "\(text)")
    }
    for text in [
      "a != b", "!a", "if !a.b {}", "// fatalError()", "\"a!\"", "\"fatalError()\"", "try? f()", "x as? Int",
    ] {
      #expect(trappingCalls(in: text) + forcedUnwraps(in: text) == 0, "\(text)")
    }
  }
}
