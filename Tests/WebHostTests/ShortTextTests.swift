import MartletGLib
import Testing

@Suite struct ShortTextTests {
  @Test(arguments: [
    ("", 4, ""), ("abcd", 4, "abcd"), ("abcde", 4, "abcd…"), ("aüü", 4, "aü…"), ("€€", 2, "…"),
  ])
  func `A text is cut between two characters`(_ text: String, _ limit: Int, _ short: String) {
    #expect(text.cut(to: limit) == short)
    #expect(text.withCString { String($0, limit: limit) } == short)
  }

  @Test(arguments: [
    ("a\nb\tc", "a\\nb\\tc"), ("a\r\u{1B}[31m", "a\\u{d}\\u{1b}[31m"),
    ("a\u{85}\u{2028}b", "a\\u{85}\\u{2028}b"),
    ("a\u{202E}b\u{0}", "a\\u{202e}b\\u{0}"), ("grün ☂", "grün ☂"),
  ])
  func `A line of the log has its line ends and control characters escaped`(_ text: String, _ line: String) {
    #expect(text.asLogLine() == line)
  }

  @Test func `A line of the log is cut, with its escapes counted`() {
    #expect(String(repeating: "x", count: 5000).asLogLine().utf8.count < 1040)
    #expect(String(repeating: "\u{1}", count: 5000).asLogLine().utf8.count < 1040)
  }
}
