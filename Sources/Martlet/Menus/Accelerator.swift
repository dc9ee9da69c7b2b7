// Electron's accelerators (`CmdOrCtrl+Shift+Z`) as GTK's triggers (`<Control><Shift>z`).
//
// The grammar: ASCII, any case, tokens between `+`, empty ones skipped, modifiers in any order and as often as one
// likes, one key, the last one counts.

internal import CWebKit

/// A shortcut.
struct Accelerator: Equatable {
  /// In GTK's spelling.
  let trigger: String
  /// Whether it could be typed into a text field: then the page gets it first.
  let isPlainKey: Bool

  /// Nil when `text` has no key, or a token that is neither a key nor a modifier.
  init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 < 128 }) else { return nil }
    var modifiers: Set<String> = []
    var key: String?
    for token in text.lowercased().split(separator: "+") {
      let name = token.trimmingSpaces()
      if let modifier = Self.modifiers[name] {
        modifiers.insert(modifier)
      } else if let found = Self.key(name) {
        key = found
      } else {
        return nil
      }
    }
    guard let key else { return nil }
    trigger = ["<Control>", "<Shift>", "<Alt>", "<Super>"].filter(modifiers.contains).joined() + key
    isPlainKey = modifiers.isDisjoint(with: ["<Control>", "<Alt>", "<Super>"]) && !Self.isFunctionKey(key)
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

extension Substring {
  fileprivate func trimmingSpaces() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
