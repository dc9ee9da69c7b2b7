// Measures the memory of this process, and for how long its loop is blocked.

import Glibc
import Martlet

enum Strain {
  private static var longestGap = Duration.zero
  private static var watch: Task<Void, Never>?

  static func register() {
    ipcMain.handle("strain-begin") { _ in begin() }
    // Milliseconds, and the peak and initial memory in kilobytes.
    ipcMain.handle("strain-end") { _ -> [Int] in
      watch?.cancel()
      return [Int(longestGap / .milliseconds(1)), kilobytes("VmHWM:"), before]
    }
  }

  private static var before = 0

  private static func begin() {
    // Resets the peak memory to the current value.
    if let file = fopen("/proc/self/clear_refs", "w") {
      fputs("5", file)
      fclose(file)
    }
    before = kilobytes("VmRSS:")
    longestGap = .zero
    watch?.cancel()
    watch = Task {
      var last = ContinuousClock.now
      while !Task.isCancelled {
        // The sampling interval: a yield instead would keep the loop busy, and so change what is measured.
        try? await Task.sleep(for: .milliseconds(5))
        longestGap = max(longestGap, .now - last)
        last = .now
      }
    }
  }

  private static func kilobytes(_ field: String) -> Int {
    guard let file = fopen("/proc/self/status", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self).split {
        $0 == " " || $0 == "\t"
      }
      if words.first == field[...], words.count > 1 { return Int(words[1]) ?? 0 }
    }
    return 0
  }
}
