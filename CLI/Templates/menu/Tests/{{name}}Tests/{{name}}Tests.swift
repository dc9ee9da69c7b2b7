import MartletTesting
import Testing

@Suite(.serialized) struct {{name}}Tests {
  @Test func `The menu counts in the page, and the page's number is in the title bar`() throws {
    let app = try AppUnderTest("{{name}}")
    let window = try app.window(titled: "{{name}}")
    try window.waitUntilPainted()
    try window.chooseMenu("{{name}}", "Increment")
    try window.wait(for: "counter.innerText", toBe: "1")
    _ = try app.window(titled: "{{name}}: 1")
    #expect(try app.quit() == 0)
  }
}
