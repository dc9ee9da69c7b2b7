// Elements of an app's accessibility tree.

internal import CMartletGio

/// An accessible element, such as a menu, a button or a window.
public struct AccessibleElement {
  private let bus: AccessibilityBus
  private let reference: AccessibilityBus.Reference

  init(_ bus: AccessibilityBus, _ reference: AccessibilityBus.Reference) {
    self.bus = bus
    self.reference = reference
  }

  /// Accessible name: the text that a screen reader speaks.
  public var name: String { (try? bus.property(reference, "Name")) ?? "" }

  /// Role, such as `menu item` or `push button`.
  public var role: String {
    guard let answer = try? bus.call(reference, "Accessible", "GetRoleName") else { return "" }
    defer { g_variant_unref(answer) }
    return answer.child(0) { $0.string }
  }

  /// Whether the element is enabled; a greyed-out one is not.
  public var isEnabled: Bool { has(.sensitive) }

  /// Whether a checkbox or radio button is checked.
  public var isChecked: Bool { has(.checked) }

  /// State numbers of AT-SPI.
  private enum State: Int { case checked = 4, sensitive = 24 }

  private func has(_ state: State) -> Bool {
    guard let answer = try? bus.call(reference, "Accessible", "GetState") else { return false }
    defer { g_variant_unref(answer) }
    return answer.child(0) { words in
      words.child(state.rawValue / 32) { g_variant_get_uint32($0) } >> (state.rawValue % 32) & 1 == 1
    }
  }

  /// Text of a text field; nil for any other element.
  public var text: String? {
    let all: Int32 = 0x10000
    var arguments = [g_variant_new_int32(0), g_variant_new_int32(all)]
    guard let answer = try? bus.call(reference, "Text", "GetText", g_variant_new_tuple(&arguments, 2)) else {
      return nil
    }
    defer { g_variant_unref(answer) }
    return answer.child(0) { $0.string }
  }

  /// Replaces the text of a text field.
  ///
  /// - Throws: `TestingError` when the element does not take text.
  public func setText(_ text: String) throws {
    var arguments = [g_variant_new_string(text)]
    g_variant_unref(
      try bus.call(reference, "EditableText", "SetTextContents", g_variant_new_tuple(&arguments, 1)))
  }

  /// Process id of the process that owns the element.
  var processID: Int32? { try? bus.processID(of: reference.name) }

  /// The elements directly below this one. Empty if the element no longer exists.
  public var children: [AccessibleElement] {
    guard let answer = try? bus.call(reference, "Accessible", "GetChildren") else { return [] }
    defer { g_variant_unref(answer) }
    return answer.child(0) { list in
      (0..<Int(g_variant_n_children(list))).map { index in
        list.child(index) { pair in
          AccessibleElement(
            bus,
            AccessibilityBus.Reference(name: pair.child(0) { $0.string }, path: pair.child(1) { $0.string }))
        }
      }
    }
  }

  /// The first matching element below this one, depth first.
  public func first(where fits: (AccessibleElement) throws -> Bool) rethrows -> AccessibleElement? {
    for child in children {
      if try fits(child) { return child }
      if let found = try child.first(where: fits) { return found }
    }
    return nil
  }

  /// A position and a size, in pixels.
  public typealias Extents = (x: Int, y: Int, width: Int, height: Int)

  /// Position and size, relative to its window.
  public func extents() throws -> Extents {
    let windowCoordinates: UInt32 = 1
    var arguments = [g_variant_new_uint32(windowCoordinates)]
    let answer = try bus.call(reference, "Component", "GetExtents", g_variant_new_tuple(&arguments, 1))
    defer { g_variant_unref(answer) }
    return answer.child(0) { box in
      let numbers = (0..<4).map { index in box.child(index) { Int(g_variant_get_int32($0)) } }
      return (numbers[0], numbers[1], numbers[2], numbers[3])
    }
  }

  /// The accessibility tree below this element as indented text, for a test's error message.
  public func outline(_ indent: String = "") -> String {
    children.map { "\(indent)\($0.role) '\($0.name)'\n" + $0.outline(indent + "  ") }
      .joined()
  }

}

extension AppUnderTest {
  /// The app's root in the accessibility tree.
  public func accessible() throws -> AccessibleElement {
    let bus = try AccessibilityBus(of: desktop)
    let root = AccessibleElement(bus, .root)
    return try eventually("the app on the accessibility bus") {
      let apps = root.children.map { (element: $0, process: $0.processID) }
      if let app = apps.first(where: { $0.process == pid }) { return app.element }
      // The started process may be a wrapper that has started the app.
      let family = processes().map(\.pid)
      return apps.first { $0.process.map(family.contains) == true }?.element
    }
  }
}
