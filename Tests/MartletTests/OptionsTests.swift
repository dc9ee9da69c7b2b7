// Options and geometry are values.

import MartletClone
import Testing

@testable import Martlet

@Suite("Options")
struct OptionsTests {
  @Test
  func `Options have Electron's defaults, and change as values do`() {
    let plain = BrowserWindowOptions()
    #expect((plain.width, plain.height) == (800, 600))
    #expect(plain.show && plain.title == nil && plain.webPreferences.preload == nil)
    var changed = plain
    changed.size = Size(width: 1000, height: 700)
    #expect((changed.width, changed.height) == (1000, 700))
    #expect(changed != plain)
    changed.size = plain.size
    #expect(changed == plain)
    #expect(OpenDialogOptions().properties == [.openFile])
    #expect(WebPreferences(preload: "/a").preload == "/a")
    #expect(WebPreferences().contentSecurityPolicy == WebPreferences.defaultContentSecurityPolicy)
  }

  @Test
  func `Options may be made and compared off the main actor`() async {
    let isSame = await Task.detached {
      var options = BrowserWindowOptions()
      options.webPreferences.additionalArguments.append("--test")
      return options == BrowserWindowOptions()
    }.value
    #expect(!isSame)
  }
}

@Suite("Geometry")
struct GeometryTests {
  @Test
  func `A rectangle is built from its parts, and its parts can be set`() {
    var rectangle = Rectangle(origin: Point(x: 1, y: 2), size: Size(width: 3, height: 4))
    #expect(rectangle == Rectangle(x: 1, y: 2, width: 3, height: 4))
    rectangle.origin = Point(x: 5, y: 6)
    rectangle.size = Size(width: 7, height: 8)
    #expect(rectangle == Rectangle(x: 5, y: 6, width: 7, height: 8))
  }

  @Test
  func `Geometry crosses as objects with Electron's names`() throws {
    let rectangle = Rectangle(x: 1, y: 2, width: 3, height: 4)
    let value = try rectangle.cloneValue()
    #expect(value.description == "{ x: 1, y: 2, width: 3, height: 4 }")
    #expect(try Rectangle.decode(from: value) == rectangle)
  }
}
