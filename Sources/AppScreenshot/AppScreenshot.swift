// `app-screenshot EXECUTABLE FILE [SECONDS]`: starts an app, waits until its first window's page has been painted,
// writes a picture of the window. For `./dev run NAME --screenshot FILE`.

import Glibc
import MartletTesting

@main enum AppScreenshot {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 2, arguments.count == 2 || Double(arguments.last!) != nil else {
      fail("usage: app-screenshot EXECUTABLE FILE [SECONDS]", status: 2)
    }
    let values = Array(arguments)
    do {
      let app = try AppUnderTest(values[0])
      let window = try app.window(by: deadline(values))
      try window.waitUntilPainted(by: deadline(values))
      try window.savePicture(to: values[1])
      try app.quit()
    } catch {
      fail("app-screenshot: \(error)", status: 1)
    }
  }

  private static func deadline(_ values: [String]) -> Deadline {
    Deadline(seconds: values.count > 2 ? Double(values[2])! : 30)
  }

  private static func fail(_ text: String, status: Int32) -> Never {
    let line = text + "\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
  }
}
