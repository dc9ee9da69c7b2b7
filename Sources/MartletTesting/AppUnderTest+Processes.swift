// The processes behind an app: WebKit's, in their sandbox.

internal import CMartletGio

extension AppUnderTest {
  /// How many of WebKit's web processes belong to this app now.
  public func webProcessCount() throws -> Int {
    processes().count { $0.command.hasSuffix("WebKitWebProcess") }
  }

  /// A line for each of this app's processes: its number, its parent's, its state and what it waits for in
  /// the kernel. For the message of a test that found one too many.
  public func processReport() -> String {
    processes().map { process in
      let status = readFile("/proc/\(process.pid)/status").split(separator: "\n")
      let told = status.filter { $0.hasPrefix("State:") || $0.hasPrefix("PPid:") || $0.hasPrefix("Threads:") }
      let place = readFile("/proc/\(process.pid)/wchan")
      return "\(process.pid) \(process.command) \(told.joined(separator: " ")) in \(place)"
    }
    .joined(separator: "\n")
  }

  /// This app's process and all that descend from it.
  public func processes() -> [(pid: Int32, command: String)] {
    guard let pid else { return [] }
    let all = Self.allProcesses()
    var family: [Int32] = [pid]
    var index = 0
    while index < family.count {
      family += all.filter { $0.parent == family[index] }.map(\.pid)
      index += 1
    }
    return all.filter { family.contains($0.pid) }.map { ($0.pid, $0.command) }
  }

  private static func allProcesses() -> [(pid: Int32, parent: Int32, command: String)] {
    guard let folder = g_dir_open("/proc", 0, nil) else { return [] }
    defer { g_dir_close(folder) }
    var found: [(Int32, Int32, String)] = []
    while let name = g_dir_read_name(folder) {
      guard let pid = Int32(String(cString: name)) else { continue }
      // "pid (name) state parent …", where the name may hold anything.
      let status = readFile("/proc/\(pid)/stat")
      guard let end = status.lastIndex(of: ")") else { continue }
      let fields = status[end...].split(separator: " ")
      let command = readFile("/proc/\(pid)/cmdline").prefix { $0 != "\0" }
      if fields.count > 2, let parent = Int32(fields[2]) { found.append((pid, parent, String(command))) }
    }
    return found
  }
}
