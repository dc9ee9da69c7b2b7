// The configuration that a document receives in the answer to its hello.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletClone

/// The preload and its environment.
package struct DocumentConfiguration {
  /// The absolute path of the preload's file.
  package var preload: String?
  /// `process.argv` of the preload.
  package var arguments: [String]
  /// `process.versions`.
  package var versions: [String: String]

  package init(preload: String?, arguments: [String], versions: [String: String]) {
    self.preload = preload
    self.arguments = arguments
    self.versions = versions
  }

  func value(document: RendererDocument, usesLane: Bool) -> CloneValue {
    func text(_ string: String) -> CloneValue { .string(CloneString(string)) }
    func table(_ strings: [String: String]) -> CloneValue {
      .object(CloneObject(strings.map { ($0, text($1)) }))
    }
    let value = CloneObject([
      ("document", text(document.token)),
      ("frameToken", text(document.frameToken)),
      ("usesLane", .bool(usesLane)),
      ("arguments", .array(CloneArray(arguments.map(text)))),
      ("versions", table(versions)),
      ("arch", text(Self.architecture)),
      ("env", table(Self.environment)),
      ("isMainFrame", .bool(document.frame.isMain)),
    ])
    if let preload { value["preload"] = Self.script(preload) }
    return .object(value)
  }

  private static func script(_ file: String) -> CloneValue {
    do {
      let source = String(decoding: try Files.contents(of: file), as: UTF8.self)
      return ["file": .string(CloneString(file)), "source": .string(CloneString(source))]
    } catch {
      return ["file": .string(CloneString(file)), "problem": .string(CloneString(error.message))]
    }
  }

  /// The environment variables that a page's preload can read: those about the user's language.
  private static let environment: [String: String] = {
    var visible: [String: String] = [:]
    for name in [
      "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "TZ", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE",
    ] {
      if let value = g_getenv(name) { visible[name] = String(cString: value) }
    }
    return visible
  }()

  /// Node's name for the processor architecture.
  private static let architecture: String = {
    #if arch(x86_64)
      "x64"
    #elseif arch(arm64)
      "arm64"
    #else
      "unknown"
    #endif
  }()
}
