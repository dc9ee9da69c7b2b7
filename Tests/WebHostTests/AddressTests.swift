// Tests which addresses are the app's own, and which two share an origin.

import Testing

@testable import MartletWebHost

@Suite struct AddressTests {
  private let app = AppAddress(appID: "dev.martlet.Kiosk")

  @Test(arguments: [
    "app://dev.martlet.kiosk", "app://dev.martlet.Kiosk/", "app://dev.martlet.kiosk/page.html",
    "APP://DEV.MARTLET.KIOSK/page.html", "app://dev.martlet.kiosk?query", "app://dev.martlet.kiosk#place",
    "app://dev.martlet.kiosk/@:1234",
  ])
  func `The app's origin is recognized in any case of its letters`(url: String) {
    #expect(app.contains(url))
  }

  @Test(arguments: [
    "app://dev.martlet.kiosk:1234/", "app://dev.martlet.kiosk:/", "app://user@dev.martlet.kiosk/",
    "app://user:secret@dev.martlet.kiosk/", "app://@dev.martlet.kiosk/", "app://:@dev.martlet.kiosk/",
    "app://%64ev.martlet.kiosk/", "app://dev.martlet.kiosk./", "app://dev.martlet.kiosk.evil/",
    "app://dev.martlet.kiosk@evil/", "app://dev.martlet.kiosk\\evil/", "app://dev.martlet.kios", "app:",
    "app:dev.martlet.kiosk/", "app:/dev.martlet.kiosk/", "app:///dev.martlet.kiosk/",
    "http://dev.martlet.kiosk/",
    "martlet-ipc://dev.martlet.kiosk/", "null", "", "about:blank",
    // The kelvin sign, which Unicode normalizes to K, and an accent, which Swift combines with the slash.
    "app://dev.martlet.\u{212A}iosk/",
    "app://dev.martlet.kiosk/\u{301}".replacing("kiosk", with: "kiosk\u{301}"),
  ])
  func `An origin that only resembles the app's is refused`(url: String) {
    #expect(!app.contains(url))
  }

  @Test func `An accent after the host's slash does not change the host`() {
    #expect(app.contains("app://dev.martlet.kiosk/\u{301}.html"))
  }

  private func areOne(_ left: String, _ right: String) -> Bool? {
    guard let left = ParsedURL(left), let right = ParsedURL(right) else { return nil }
    return left.hasSameOrigin(as: right)
  }

  @Test func `Two addresses share an origin when scheme, host and port are equal`() {
    #expect(areOne("http://127.0.0.1:8080/a", "http://127.0.0.1:8080/b") == true)
    #expect(areOne("http://127.0.0.1:8080/", "http://127.0.0.1:8081/") == false)
    #expect(areOne("http://localhost/", "http://127.0.0.1/") == false)
    #expect(areOne("http://localhost/", "https://localhost/") == false)
    #expect(areOne("https://EXAMPLE.com/", "https://example.com/") == true)
    // As WebKit writes it, and as an app may write it.
    #expect(areOne("http://localhost:80/", "http://localhost/") == true)
    #expect(areOne("https://example.com:443/", "https://example.com/") == true)
    #expect(areOne("https://example.com:80/", "https://example.com/") == false)
    // The authority of our own scheme is not parsed.
    #expect(areOne("app://Host/a", "app://host/b?c") == true)
    for other in ["app://host:1/", "app://user@host/", "app://%68ost/", "app:host/", "app://host./"] {
      #expect(areOne("app://host/", other) == false, "\(other)")
    }
  }

  @Test(arguments: [
    "http://evil.example\\@127.0.0.1/", "http:\\\\evil.example/", "http://127.0.0.1\t.evil.example/",
    "http://127.0.0.1\n/", "no address", "", "/path",
  ])
  func `An address that two parsers read differently is refused`(url: String) {
    #expect(ParsedURL(url) == nil)
  }

  @Test func `Backslashes after the host are accepted`() {
    #expect(ParsedURL("http://127.0.0.1/?a\\b") != nil)
    #expect(ParsedURL("data:text/html,a#\\") != nil)
  }

  @Test func `An app may load plain HTTP from this machine only`() {
    let gate = NavigationGate(appID: "dev.martlet.Kiosk")
    for url in ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "https://example.com/"] {
      #expect(ParsedURL(url).map(gate.mayLoad) == true, "\(url)")
    }
    for url in ["http://example.com/", "http://127.0.0.1.example.com/", "file:///etc/passwd", "javascript:1"]
    {
      #expect(ParsedURL(url).map(gate.mayLoad) == false, "\(url)")
    }
  }

  @Test func `A page may navigate within its own origin and to the app's pages`() {
    let gate = NavigationGate(appID: "dev.martlet.Kiosk")
    gate.expect("app://dev.martlet.Kiosk/start")
    #expect(gate.allows("app://dev.martlet.kiosk/a") && gate.allows("about:blank"))
    #expect(!gate.allows("app://user@dev.martlet.kiosk/a") && !gate.allows("app://%64ev.martlet.kiosk/a"))
    #expect(!gate.allows("app://dev.martlet.kiosk:1/a") && !gate.allows("http://localhost:80/"))
    gate.expect("http://localhost:80/start")
    #expect(gate.allows("http://localhost/other") && !gate.allows("http://localhost:81/"))
  }
}
