// `martlet doctor`: checks this machine for what apps need, with advice for each missing part.

import ArgumentParser
import Glibc

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check this machine for the parts that apps need.",
    discussion: "The exit status is 1 when a part is missing that every app needs.")

  func run() throws {
    var report = Report()
    checkTools(&report)
    checkPage(&report)
    checkDesktop(&report)
    if report.hasFailure { throw ExitCode(1) }
  }

  private func checkTools(_ report: inout Report) {
    let swift = Programs.output(of: ["swift", "--version"])?.firstMatch(of: /Swift version ([\d.]+)/).map {
      String($0.1)
    }
    report.add(
      "Swift", swift,
      else:
        "missing, so nothing can be built. Install Swift 6.2 or later: https://www.swift.org/install/linux",
      .fails)
    for (name, module, package) in [
      ("WebKitGTK headers", "webkitgtk-6.0", "libwebkitgtk-6.0-dev"), ("GTK headers", "gtk4", "libgtk-4-dev"),
    ] {
      report.add(
        name, Programs.output(of: ["pkg-config", "--modversion", module])?.firstLine,
        else: "missing, so nothing can be built. Debian: apt install \(package) pkgconf", .fails)
    }
    report.add(
      "flatpak-builder", Programs.output(of: ["flatpak-builder", "--version"])?.firstLine,
      else: "missing, and `martlet package flatpak` needs it. Debian: apt install flatpak-builder", .warns)
    checkNode(&report)
  }

  /// Checks for Node, which only an app in JavaScript needs.
  private func checkNode(_ report: inout Report) {
    do {
      let node = try NodeApp.find()
      let version = NodeApp.version(of: node).map { "\($0.major).\($0.minor)" } ?? "?"
      switch NodeApp.libraries(of: node) {
      case .system: report.add("Node", "\(version), \(node), WebKit uses the system's libraries in it", .fine)
      case .bundled:
        report.add(
          "Node",
          "\(version), \(node), WebKit uses the zlib and nghttp2 that it exports. "
            + "scripts/hide-node-symbols.mjs makes a copy that exports none", .warns)
      }
    } catch {
      report.add("Node", "\(error)", .warns)
    }
  }

  /// Checks that need a page.
  private func checkPage(_ report: inout Report) {
    guard getenv("DISPLAY") != nil || getenv("WAYLAND_DISPLAY") != nil else {
      return report.add(
        "Display", nil,
        else: "missing, since neither WAYLAND_DISPLAY nor DISPLAY is set. Run this in a desktop session",
        .fails)
    }
    guard let runner = Installation.pageRunner else {
      return report.add(
        "Page", nil, else: "not shown, since martlet-run is missing. In a checkout, `swift build` makes it",
        .fails)
    }
    let (status, lines) = Programs.result(of: [runner, "--doctor"]) ?? (127, "")
    let found = Dictionary(
      lines.matches(of: /([a-z]+)=(.*)/).map { (String($0.1), String($0.2)) }, uniquingKeysWith: { $1 })
    let webKit = status == 0 ? found["webkit"] : nil
    report.add(
      "Page", webKit.map { "shown by WebKitGTK \($0), GTK \(found["gtk"] ?? "?")" },
      else: found["problem"] ?? "not shown: `\(runner) --doctor` ended with status \(status)", .fails)
    if let webKit { checkWalls(webKit, &report) }

    switch found["sandbox"] {
    case "bwrap": report.add("Sandbox", "the web process has its own sandbox, by bubblewrap", .fine)
    case "portal": report.add("Sandbox", "the web process has its own sandbox, by the Flatpak portal", .fine)
    case "none":
      report.add(
        "Sandbox", nil,
        else: Files.exists("/.flatpak-info")
          ? "the web process has only the app's sandbox: WebKit found no flatpak-spawn or no Flatpak portal "
            + "on the session bus"
          : "the web process has no sandbox. Debian: apt install bubblewrap xdg-dbus-proxy", .fails)
    default: report.add("Sandbox", nil, else: "unknown, since the web process was not found", .warns)
    }
    let hasGPU = (try? Files.names(in: "/dev/dri").contains { $0.hasPrefix("renderD") }) ?? false
    report.add(
      "Renderer", hasGPU ? "GPU" : nil,
      else: "software, since there is no /dev/dri/renderD*. Everything works, but animations cost more",
      .warns)
    report.add(
      "WebGL", found["webgl"] == "yes" ? "yes" : nil, else: "missing. Debian: apt install libgl1-mesa-dri",
      .warns)
    let media = found["media"]?.split(separator: " ").map(String.init) ?? []
    let missing = ["h264", "vp9", "mp3", "opus"].filter { !media.contains($0) }
    report.add(
      "Media", missing.isEmpty ? media.joined(separator: ", ") : nil,
      else:
        "\(missing.joined(separator: ", ")) cannot be played. "
        + "Debian: apt install gstreamer1.0-plugins-good gstreamer1.0-libav",
      .warns)
  }

  /// Whether the isolation of page and preload has been tested on this engine version.
  private func checkWalls(_ version: String, _ report: inout Report) {
    report.add(
      "Walls",
      Walls.areUntried(on: version) ? nil : "the isolation of page and preload is tested on this WebKitGTK",
      else: "WebKitGTK \(version) is untested, so a preload's objects may reach the page. "
        + "The newest tested version is \(Walls.newestWalked): update Martlet",
      .warns)
  }

  private func checkDesktop(_ report: inout Report) {
    let names = Programs.output(of: [
      "gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path",
      "/org/freedesktop/DBus",
      "--method", "org.freedesktop.DBus.ListActivatableNames",
    ])
    report.add(
      "Session bus", names.map { _ in "yes" },
      else:
        "not reached, so desktop services do not work. Debian: apt install dbus-user-session libglib2.0-bin",
      .warns)
    if let names {
      report.add(
        "Portals", names.contains("'org.freedesktop.portal.Desktop'") ? "yes" : nil,
        else:
          "missing, so no dialog opens in a Flatpak. "
          + "Debian: apt install xdg-desktop-portal xdg-desktop-portal-gtk",
        .warns)
    }
    let fonts = Programs.output(of: ["fc-list", ":", "family"])?.split(separator: "\n").count ?? 0
    report.add(
      "Fonts", fonts > 0 ? "\(fonts), sans-serif is \(sansSerif)" : nil,
      else: "missing, so text shows as boxes. Debian: apt install fonts-dejavu-core", .fails)
  }

  private var sansSerif: String {
    Programs.output(of: ["fc-match", "--format=%{family}", "sans-serif"])?.firstLine ?? "?"
  }
}

/// Prints the results, one per line.
private struct Report {
  enum Kind: String {
    case fine = "ok", warns = "--", fails = "!!"
  }

  private(set) var hasFailure = false

  mutating func add(_ name: String, _ found: String, _ kind: Kind) {
    print("\(kind.rawValue)  \(name): \(found)")
  }

  /// Adds a result. If `found` is nil, prints `advice` with the severity `kind`.
  mutating func add(_ name: String, _ found: String?, else advice: String, _ kind: Kind) {
    if let found { return add(name, found, .fine) }
    if kind == .fails { hasFailure = true }
    add(name, advice, kind)
  }
}

extension String {
  fileprivate var firstLine: String? { split(separator: "\n").first.map(String.init) }
}
