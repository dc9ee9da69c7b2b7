import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct LocaleTests {
    /// A page's languages, and a number in its first language's format. WebKit reports only the first
    /// language to a page.
    private static let look =
      "[...navigator.languages, navigator.language, new Intl.NumberFormat(navigator.language).format(1234.5)]"

    @Test(arguments: [
      ("C", ["en-US", "en-US", "1,234.5"]), ("C.UTF-8", ["en-US", "en-US", "1,234.5"]),
      ("POSIX", ["en-US", "en-US", "1,234.5"]),
      // Independent of whether the system has generated that locale.
      ("de_DE.UTF-8", ["de-DE", "de-DE", "1.234,5"]),
    ])
    func `A page has a language that it can use, in every locale`(_ locale: String, _ seen: [String]) throws {
      let ipc = try IpcApp(environment: ["LC_ALL": locale, "LANGUAGE": ""])
      let actual = try [String].decode(from: ipc.window.evaluate(Self.look))
      #expect(actual == seen)
    }

    @Test func `A page has the language that the user prefers to the locale's`() throws {
      let ipc = try IpcApp(environment: ["LC_ALL": "C.UTF-8", "LANGUAGE": "de:fr"])
      let actual = try [String].decode(from: ipc.window.evaluate(Self.look))
      #expect(actual == ["de", "de", "1.234,5"])
    }
  }
}
