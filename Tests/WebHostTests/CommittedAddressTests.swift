import Testing

@testable import MartletWebHost

@Suite struct CommittedAddressTests {
  private let own = "app://com.example.App/page.html"
  private let foreign = "https://example.com/page"

  /// The committed address of a view at `address`.
  private func at(_ address: String) -> CommittedAddress {
    var committed = CommittedAddress()
    committed.ask()
    committed.start(address)
    committed.commit(address)
    committed.stop()
    return committed
  }

  @Test func `A page's address stays until the next page is committed`() {
    var address = at(foreign)
    address.ask()
    // From here on WebKit's uri is the app's.
    address.move(own)
    #expect(address.value == foreign)
    address.start(own)
    address.move(own)
    #expect(address.value == foreign)
    address.commit(own)
    #expect(address.value == own)
  }

  @Test func `A page that is committed while the app requests another has the address it started with`() {
    var address = at(own)
    address.start(foreign)
    address.ask()
    // WebKit's uri is the target that the app requested.
    address.commit(own)
    #expect(address.value == foreign)
  }

  @Test func `A redirection while the app requests another page leaves the address empty`() {
    var address = at(own)
    address.start(own)
    address.ask()
    address.redirect(own)
    address.commit(own)
    #expect(address.value == "")
  }

  @Test func `A page's address moves within its origin, and never out of it`() {
    var address = at(own)
    address.move(own + "?query#place")
    #expect(address.value == own + "?query#place")
    for other in [foreign, "app://com.example.Other/", "app://com.example.App:1/", "about:blank", ""] {
      address.move(other)
      #expect(address.value == own + "?query#place")
    }
  }

  @Test func `The address is empty before the first page, and after the process ended`() {
    var address = CommittedAddress()
    address.move(own)
    #expect(address.value == "")
    address = at(own)
    address.end()
    address.move(own)
    #expect(address.value == "")
  }

  @Test(arguments: [
    ("https://example.com/page", "https://example.com"), ("https://EXAMPLE.com/other?x#y", "null"),
  ])
  func `A process may report another path of the same origin, or an opaque origin`(
    _ url: String, _ origin: String
  ) {
    #expect(!at(foreign).contradicts(url: url, origin: origin))
  }

  @Test(arguments: [
    ("app://com.example.App/page.html", "app://com.example.App"), ("https://example.com:8443/", "null"),
    ("http://example.com/", "null"), ("about:blank", "null"),
    ("https://example.com/", "app://com.example.App"),
    ("https://example.com/", "https://example.com:1"), ("https://example.com/", ""),
  ])
  func `A process that reports another origin than WebKit is detected`(_ url: String, _ origin: String) {
    #expect(at(foreign).contradicts(url: url, origin: origin))
    #expect(at(foreign).origin(said: origin) == "null")
  }

  @Test func `A page without its own address has its creator's origin, which is reported as null`() {
    #expect(!at("about:blank").contradicts(url: "about:blank", origin: "app://com.example.App"))
    #expect(at("about:blank").origin(said: "app://com.example.App") == "null")
    #expect(!at("data:text/html,x").contradicts(url: "data:text/html,x", origin: "null"))
    #expect(at("data:text/html,x").contradicts(url: "data:text/html,x", origin: "app://com.example.App"))
  }
}
