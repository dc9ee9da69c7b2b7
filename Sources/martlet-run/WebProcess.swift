// Whether WebKit's web process is in a sandbox, as it shows from outside. WebKit says nothing when it has
// none.

import Glibc

enum WebProcess {
  /// `bwrap`, `portal`, `none`, or `unknown`.
  static func sandbox() -> String {
    guard let process = find() else {
      // Inside Flatpak the portal starts it outside of what this process sees.
      return isFile("/.flatpak-info") ? "portal" : "unknown"
    }
    // Its number in each process namespace around it: in a sandbox it has one more than we.
    return namespaces(of: process) > namespaces(of: "self") ? "bwrap" : "none"
  }

  /// The web process that descends from this one.
  private static func find() -> String? {
    guard let folder = opendir("/proc") else { return nil }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if Int32(name) != nil, isWebProcess(name), descendsFromUs(name) { return name }
    }
    return nil
  }

  private static func isWebProcess(_ process: String) -> Bool {
    field("Name", of: process)?.hasPrefix("WebKitWebProces") == true
  }

  private static func descendsFromUs(_ process: String) -> Bool {
    var process = process
    while let parent = field("PPid", of: process), parent != "0" {
      if Int32(parent) == getpid() { return true }
      process = parent
    }
    return false
  }

  private static func namespaces(of process: String) -> Int {
    field("NSpid", of: process)?.split(whereSeparator: \.isWhitespace).count ?? 0
  }

  private static func field(_ name: String, of process: String) -> String? {
    guard let file = fopen("/proc/\(process)/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      if text.hasPrefix(name + ":") {
        return String(text.dropFirst(name.count + 1).drop(while: \.isWhitespace).prefix { $0 != "\n" })
      }
    }
    return nil
  }
}

func isFile(_ path: String) -> Bool { access(path, R_OK) == 0 }
