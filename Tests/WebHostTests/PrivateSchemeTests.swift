// Tests the key that a request of the private scheme must begin with, and the limit of its length.

import CMartletWebKit
import Testing

@testable import MartletGLib
@testable import MartletWebHost

@Suite struct PrivateSchemeTests {
  private let key = "0123456789abcdef0123456789abcdef"
  private let token = "fedcba9876543210fedcba9876543210"

  private func body(_ text: String) -> RequestBody {
    let bytes = newGBytes(Array(text.utf8))
    defer { g_bytes_unref(bytes) }
    return RequestBody(GObjectRef(adopting: g_memory_input_stream_new_from_bytes(bytes)))
  }

  @Test func `A request begins with the key and the document's token`() {
    let right = body(key + token + "payload")
    #expect(right.token(after: key) == token)
    #expect(right.rest(limit: 100) == Array("payload".utf8))
    for text in [
      "", "x", String(key.dropLast()), key, key + token.dropLast(), token + key, key.uppercased() + token,
    ] {
      #expect(body(text).token(after: key) == nil, "\(text)")
    }
  }

  @Test func `A payload may have as many bytes as the limit, and not one more`() {
    #expect(body("").rest(limit: 0) == [])
    #expect(body("12345").rest(limit: 5) == Array("12345".utf8))
    #expect(body("123456").rest(limit: 5) == nil)
    let long = String(repeating: "x", count: 3 << 20)
    #expect(body(long).rest(limit: 3 << 20)?.count == 3 << 20)
    #expect(body(long).rest(limit: 3 << 20 - 1) == nil)
  }

  @Test func `Each path has its own limit, and any other path is refused`() {
    #expect(PrivatePath("martlet-ipc://bridge/hello")?.limit(takesMessages: false) == 1 << 10)
    #expect(PrivatePath("martlet-ipc://bridge/module")?.limit(takesMessages: false) == 32 << 10)
    #expect(PrivatePath("martlet-ipc://bridge/sync")?.limit(takesMessages: false) == .some(nil))
    for url in [
      "martlet-ipc://bridge/", "martlet-ipc://bridge", "martlet-ipc://bridge/hello/",
      "martlet-ipc://bridge//hello", "",
    ] {
      #expect(PrivatePath(url) == nil, "\(url)")
    }
  }
}
