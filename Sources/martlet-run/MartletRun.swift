// What `martlet run` and `martlet doctor` start: a page in a window, and a look at what pages have on this
// machine. Apart from the command, which has a package dependency that an app must not need.

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
