// Electron's accelerators (`CmdOrCtrl+Shift+Z`) as GTK's triggers (`<Control><Shift>z`).
//
// Grammar: ASCII, case-insensitive tokens separated by `+`; empty tokens are ignored. Modifiers may be in any
// order and repeated. There is one key; the last one counts.

internal import CMartletWebKit
public import MartletClone
public import MartletIPC

/// A keyboard shortcut in Electron's grammar, such as `CmdOrCtrl+Shift+Z`: modifiers in any order, and one
/// key.
///
/// ```swift
/// .item("Save", accelerator: "CmdOrCtrl+S") { save() }
/// let chosen = try Accelerator(parsing: textOfTheUser)
/// ```
///
/// Electron: an accelerator string.
public nonisolated struct Accelerator: Sendable, CustomStringConvertible {
  /// The text that the accelerator was parsed from.
  public let description: String
  /// In GTK's spelling: `<Control>` and so on, and the key's name.
  private(set) var modifiers: Set<String>
  private(set) var key: String
  /// Whether AltGr is among the modifiers. GTK has no such modifier: see `onKeyboard`.
  private(set) var hasAltGr: Bool

  var trigger: String {
    ["<Control>", "<Shift>", "<Alt>", "<Super>"].filter(modifiers.contains).joined() + key
  }

  /// Whether a text field could take the key as input. The page then receives it first.
  var isPlainKey: Bool {
    modifiers.isDisjoint(with: ["<Control>", "<Alt>", "<Super>"]) && !Self.isFunctionKey(key)
  }

  /// Parses a shortcut.
  ///
  /// - Parameter text: The shortcut, such as `CmdOrCtrl+Shift+Z`.
  /// - Throws: `AcceleratorError` if `text` has no key, or a part that is neither a key nor a modifier.
  public init(parsing text: String) throws(AcceleratorError) {
    var modifiers: Set<String> = []
    var hasAltGr = false
    var key: String?
    for token in text.lowercased().split(separator: "+") {
      let name = token.trimmingSpaces()
      if let modifier = Self.modifiers[name] {
        modifiers.insert(modifier)
      } else if name == "altgr" {
        hasAltGr = true
      } else if name.utf8.allSatisfy({ $0 < 128 }), let found = Self.key(name) {
        key = found
      } else {
        throw AcceleratorError("'\(text)' is not an accelerator: '\(name)' is neither a modifier nor a key")
      }
    }
    guard let key else {
      throw AcceleratorError("'\(text)' is not an accelerator: it has no key, as CmdOrCtrl+Shift+Z has Z")
    }
    description = text
    self.modifiers = modifiers
    self.key = key
    self.hasAltGr = hasAltGr
  }

  /// The accelerator without AltGr on a given keyboard. AltGr selects another character of the key, which
  /// becomes the key. If the key has no such character, AltGr becomes Alt.
  @MainActor func onKeyboard(_ keyboard: Keyboard) -> Accelerator {
    guard hasAltGr else { return self }
    var plain = self
    plain.hasAltGr = false
    if let other = keyboard.key(onLevelOfAltGrOf: key, shifted: modifiers.contains("<Shift>")) {
      plain.key = other
      plain.modifiers.remove("<Shift>")
    } else {
      plain.modifiers.insert("<Alt>")
    }
    return plain
  }

  private static let modifiers = [
    "commandorcontrol": "<Control>", "cmdorctrl": "<Control>", "control": "<Control>", "ctrl": "<Control>",
    "command": "<Super>", "cmd": "<Super>", "super": "<Super>", "meta": "<Super>",
    "alt": "<Alt>", "option": "<Alt>", "shift": "<Shift>",
  ]

  private static let named = [
    "plus": "plus", "space": "space", "tab": "Tab", "capslock": "Caps_Lock", "numlock": "Num_Lock",
    "scrolllock": "Scroll_Lock", "backspace": "BackSpace", "delete": "Delete", "insert": "Insert",
    "return": "Return", "enter": "Return", "up": "Up", "down": "Down", "left": "Left", "right": "Right",
    "home": "Home", "end": "End", "pageup": "Page_Up", "pagedown": "Page_Down", "escape": "Escape",
    "esc": "Escape", "volumeup": "AudioRaiseVolume", "volumedown": "AudioLowerVolume",
    "volumemute": "AudioMute", "medianexttrack": "AudioNext", "mediaprevioustrack": "AudioPrev",
    "mediastop": "AudioStop", "mediaplaypause": "AudioPlay", "printscreen": "Print", "numdec": "KP_Decimal",
    "numadd": "KP_Add", "numsub": "KP_Subtract", "nummult": "KP_Multiply", "numdiv": "KP_Divide",
  ]

  private static func key(_ name: String) -> String? {
    if let key = named[name] { return key }
    if name.hasPrefix("num"), let digit = Int(name.dropFirst(3)), (0...9).contains(digit) {
      return "KP_\(digit)"
    }
    if name.hasPrefix("f"), let number = Int(name.dropFirst()), (1...24).contains(number) {
      return "F\(number)"
    }
    guard name.unicodeScalars.count == 1, let scalar = name.unicodeScalars.first, scalar.value > 32,
      let keyName = gdk_keyval_name(gdk_unicode_to_keyval(scalar.value))
    else { return nil }
    return String(cString: keyName)
  }

  private static func isFunctionKey(_ key: String) -> Bool {
    key.hasPrefix("F") && key.count > 1 || key.hasPrefix("Audio") || key == "Print"
  }
}

nonisolated extension Substring {
  fileprivate func trimmingSpaces() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

nonisolated extension Accelerator: Hashable {
  /// Whether both are the same keys, whatever their spelling.
  public static func == (left: Accelerator, right: Accelerator) -> Bool {
    left.modifiers == right.modifiers && left.key == right.key && left.hasAltGr == right.hasAltGr
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(modifiers)
    hasher.combine(key)
    hasher.combine(hasAltGr)
  }
}

nonisolated extension Accelerator: ExpressibleByStringLiteral {
  /// Parses a literal. A literal that is not an accelerator is a programming error and stops the program; use
  /// `init(parsing:)` for other texts.
  public init(stringLiteral text: String) {
    do throws(AcceleratorError) { try self.init(parsing: text) } catch { fatalError(error.message) }
  }
}

/// A text is not an accelerator.
public struct AcceleratorError: MartletError, Hashable {
  public let message: String
  public var code: ErrorCode { .invalidAccelerator }

  init(_ message: String) { self.message = message }
}

nonisolated extension ErrorCode {
  /// A text is not an accelerator.
  public static let invalidAccelerator: ErrorCode = "ERR_INVALID_ACCELERATOR"
}
