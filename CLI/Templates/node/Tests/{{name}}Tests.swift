import MartletTesting
import Testing

@Suite(.serialized) struct {{name}}Tests {
  /// The folder with package.json.
  private static let folder = #filePath.split(separator: "/").dropLast(2).map { "/\($0)" }.joined()

  @Test func `The app greets who types a name, in the page and in the title bar`() throws {
    let app = try AppUnderTest(electronApp: Self.folder)
    let window = try app.window(titled: "{{name}}")
    try window.click("#name")
    try app.type("Ada")
    try window.click("#greet")
    try window.wait(for: "greeting.innerText", toBe: "Hello, Ada!")
    _ = try app.window(titled: "Hello, Ada!")
    #expect(try app.quit() == 0)
  }
}
