// `app-screenshot EXECUTABLE FILE [ARGUMENT…]`: starts an app, waits until its first window's page has been painted,
// writes a picture of the window. For `./dev run NAME --screenshot FILE`.

import Glibc
import MartletTesting

@main enum AppScreenshot {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else {
      fail("usage: app-screenshot EXECUTABLE FILE [ARGUMENT…]", status: 2)
    }
    do {
      let app = try AppUnderTest(arguments[0], arguments: Array(arguments.dropFirst(2)))
      let window = try app.window(by: deadline)
      try window.waitUntilPainted(by: deadline)
      // On a busy machine the picture may be later than the page's word that it has painted.
      try eventually("a picture of the window", by: deadline) { () -> Void? in
        try window.savePicture(to: arguments[1])
      }
      try app.quit()
    } catch {
      fail("app-screenshot: \(error)", status: 1)
    }
  }

  private static var deadline: Deadline { Deadline(seconds: 60) }

  private static func fail(_ text: String, status: Int32) -> Never {
    let line = text + "\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
  }
}
