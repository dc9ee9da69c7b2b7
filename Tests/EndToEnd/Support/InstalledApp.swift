// The test app in a folder of its own, with a web-process library that a test has compiled.

import MartletTesting

/// The test app, installed in a temporary folder beside its pages and Martlet's web-process extension.
///
/// The library is beside that extension, so WebKit loads it too. `LD_PRELOAD` loads it into every process of
/// the app.
struct InstalledApp {
  private let folder: FolderForTest
  /// The path of the compiled library.
  let library: String

  var executable: String { folder.path + "/bin/ipc-test-app" }

  /// Compiles the library and installs the app.
  ///
  /// - Parameter source: The library's C file, as a path within `Tests`.
  init(library source: String) throws {
    folder = try FolderForTest()
    try folder.copyBuilt("ipc-test-app", to: "bin/ipc-test-app")
    let renderer = "lib/martlet/renderer"
    try folder.copyBuilt("libMartletRenderer.so", to: renderer + "/libMartletRenderer.so")
    library = folder.path + "/" + renderer + "/libTest.so"
    let made = try ToolRun(
      "/bin/sh", "-ec",
      """
      clang -shared -fPIC -O1 -Wall -Werror "$0/$1" -o "$2" \
        $(pkg-config --cflags --libs webkitgtk-web-process-extension-6.0)
      mkdir -p "$3"
      cp -r "$0/Pages"/. "$3"
      """, Checkout.tests, source, library, folder.path + "/share/dev.martlet.tests.IpcTestApp")
    guard made.status == 0 else { throw TestingError("cannot build \(source): \(made.output)") }
  }
}
