import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  /// Users without a home folder: system users, kiosks, containers.
  @Suite(.serialized, .ownDesktop) struct HomelessTests {
    private static let warning = "are lost when the app ends"

    /// Environment variables that name folders which do not exist and cannot be created, even by root.
    @Test(arguments: [
      (["HOME"], "/dev/null/nothing"), (["HOME"], "/proc/nothing"),
      (["HOME", "XDG_RUNTIME_DIR"], "/proc/nothing"),
      (["HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"], "/proc/nothing"),
      (["XDG_DATA_HOME"], "/proc/nothing"), (["XDG_CACHE_HOME"], "/proc/nothing"),
    ])
    func `An app starts without folders, and says once what it cannot keep`(
      _ names: [String], _ nowhere: String
    ) throws {
      let folder = try FolderForTest()
      var environment = [
        "HOME": folder.path, "XDG_DATA_HOME": "", "XDG_CACHE_HOME": "", "XDG_CONFIG_HOME": "",
        "XDG_STATE_HOME": "",
      ]
      for name in names { environment[name] = nowhere }
      let ipc = try IpcApp(environment: environment)
      #expect(try ipc.invoke("add", "20, 22", as: Int.self) == 42)
      // A page can store data, for as long as the app runs.
      #expect(
        try String.decode(
          from: ipc.window.evaluate("localStorage.setItem('a', 'kept'), localStorage.getItem('a')"))
          == "kept")
      #expect(ipc.app.log.components(of: Self.warning) == 1, "\(ipc.app.log)")
    }

    @Test func `An app whose home is not there makes it`() throws {
      let folder = try FolderForTest()
      let ipc = try IpcApp(environment: [
        "HOME": folder.path + "/made/home", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": "",
      ])
      #expect(try ipc.invoke("add", "20, 22", as: Int.self) == 42)
      #expect(!ipc.app.log.contains(Self.warning), "\(ipc.app.log)")
    }
  }
}

extension String {
  /// The number of occurrences of `part`.
  func components(of part: String) -> Int { ranges(of: part).count }
}
