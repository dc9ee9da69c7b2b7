// `app-screenshot [--within SECONDS] [--paint-within SECONDS] EXECUTABLE FILE [ARGUMENT…]`: starts an app,
// waits until its first window's page has been painted, and saves a picture of the window. Used by `./dev run
// NAME --screenshot FILE`.

import Glibc
import MartletTesting

@main enum AppScreenshot {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    // The first is for everything, the second for the paint alone, from the window on.
    var limits = ["--within": 60.0]
    while let option = arguments.first, ["--within", "--paint-within"].contains(option) {
      limits[option] = arguments.dropFirst().first.flatMap { Double($0) } ?? 0
      arguments = arguments.dropFirst(2)
    }
    guard limits.values.allSatisfy({ $0 > 0 }), let seconds = limits["--within"],
      let executable = arguments.popFirst(), let picture = arguments.popFirst()
    else {
      fail(
        "usage: app-screenshot [--within SECONDS] [--paint-within SECONDS] EXECUTABLE FILE [ARGUMENT…]",
        status: 2)
    }
    let deadline = Deadline(seconds: seconds)
    do {
      let app = try AppUnderTest(executable, arguments: Array(arguments))
      let window = try app.window(by: deadline)
      try window.waitUntilPainted(by: limits["--paint-within"].map { Deadline(seconds: $0) } ?? deadline)
      // On a busy machine the frame can reach the window after the page has reported that it has painted.
      try window.savePicture(to: picture, by: deadline)
      try app.quit()
    } catch {
      fail("app-screenshot: \(error)", status: 1)
    }
  }

  private static func fail(_ text: String, status: Int32) -> Never {
    let line = text + "\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
  }
}
