import MartletTesting
import Testing

@Suite(.serialized) struct {{name}}Tests {
  @Test func `What one window says is heard in the other`() throws {
    let app = try AppUnderTest("{{name}}")
    let right = try app.window(titled: "Right")
    let left = try app.window(titled: "Left")
    try left.click("#text")
    try app.type("hello")
    try app.press("Return")
    try right.wait(for: "heard.innerText.trim()", toBe: "hello")
    #expect(try app.quit() == 0)
  }
}
