// The program behind `martlet run` and `martlet doctor`: shows a page in a window, or reports what pages have
// on this machine. It is separate from the command, whose package dependency an app must not need.

import Glibc
import Martlet

@main enum MartletRun {
  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments == ["--doctor"] { Doctor.run() }
    guard let page = PageOptions(arguments) else {
      fail("usage: martlet-run FILE [--console] [--devtools] [--size WIDTHxHEIGHT] [--no-exit-on-close]", 2)
    }
    page.run()
  }

  static func fail(_ text: String, _ status: Int32) -> Never {
    let line = "martlet-run: \(text)\n"
    _ = line.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    exit(status)
  }
}
