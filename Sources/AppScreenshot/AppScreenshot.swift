// `app-screenshot [--within SECONDS] EXECUTABLE FILE [ARGUMENT…]`: starts an app, waits until its first
// window's page has been painted, writes a picture of the window. For `./dev run NAME --screenshot FILE`.

import Glibc
import MartletTesting

@main enum AppScreenshot {
  static func main() {
    var arguments = CommandLine.arguments.dropFirst()
    var seconds: Double? = 60
    if arguments.first == "--within" {
      seconds = arguments.dropFirst().first.flatMap { Double($0) }
      arguments = arguments.dropFirst(2)
    }
    guard let seconds, let executable = arguments.popFirst(), let picture = arguments.popFirst() else {
      fail("usage: app-screenshot [--within SECONDS] EXECUTABLE FILE [ARGUMENT…]", status: 2)
    }
    let deadline = Deadline(seconds: seconds)
    do {
      let app = try AppUnderTest(executable, arguments: Array(arguments))
      let window = try app.window(by: deadline)
      try window.waitUntilPainted(by: deadline)
      // On a busy machine the picture may be later than the page's word that it has painted.
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
