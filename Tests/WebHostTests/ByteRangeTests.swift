// Tests the requested range of a `Range` header, for any numbers.

import CMartletWebKit
import Testing

@testable import MartletWebHost

@Suite struct ByteRangeTests {
  /// `whole`; `none` when the file has none of the bytes; or the first and the last byte.
  private func answer(_ header: String, size: Int) -> String {
    let headers = soup_message_headers_new(SOUP_MESSAGE_HEADERS_REQUEST)!
    defer { soup_message_headers_unref(headers) }
    soup_message_headers_append(headers, "Range", header)
    guard let range = ByteRange(headers, size: size) else { return "whole" }
    return range.bytes.map { "\($0.lowerBound)-\($0.upperBound - 1)" } ?? "none"
  }

  @Test(arguments: [
    ("bytes=0-5", "0-5"), ("bytes=0-0", "0-0"), ("bytes=5-", "5-99"), ("bytes=-5", "95-99"),
    ("bytes=99-99", "99-99"), ("bytes=0-99", "0-99"), ("bytes=50-100", "50-99"), ("bytes=-100", "0-99"),
    ("bytes=-1000", "0-99"), ("bytes=0-", "0-99"),
  ])
  func `A range is clipped to the size of the file`(header: String, expected: String) {
    #expect(answer(header, size: 100) == expected)
  }

  @Test(arguments: ["bytes=100-", "bytes=100-100", "bytes=200-300", "bytes=-0", "bytes=9223372036854775807-"])
  func `A range without any byte of the file is unsatisfiable`(header: String) {
    #expect(answer(header, size: 100) == "none")
  }

  @Test(arguments: [
    "bytes=5-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=--5", "bytes=1-2-3", "bytes", "lines=1-2", "",
    "bytes=0-1,5-6", "bytes=0-1,0-5", "bytes=0-1,", "bytes=0x5-9", "1-2", "bytes=1.5-3",
  ])
  func `A header that is not one valid range means the whole file`(header: String) {
    #expect(answer(header, size: 100) == "whole")
  }

  @Test func `The largest integers, and larger numbers, do not trap`() {
    let largest = Int.max
    #expect(answer("bytes=0-\(largest)", size: 100) == "0-99")
    #expect(answer("bytes=0-\(largest)", size: largest) == "0-\(largest - 1)")
    #expect(answer("bytes=-\(largest)", size: 100) == "0-99")
    #expect(answer("bytes=-\(largest)", size: largest) == "0-\(largest - 1)")
    #expect(answer("bytes=-9223372036854775808", size: 100) == "0-99")
    for number in [
      "9223372036854775808", "18446744073709551615", "18446744073709551616",
      String(repeating: "9", count: 5000),
    ] {
      #expect(["whole", "0-99"].contains(answer("bytes=0-\(number)", size: 100)), "\(number)")
      #expect(["whole", "none"].contains(answer("bytes=\(number)-", size: 100)), "\(number)")
      #expect(["whole", "0-99"].contains(answer("bytes=-\(number)", size: 100)), "\(number)")
    }
  }

  @Test(arguments: ["bytes=0-", "bytes=0-0", "bytes=-1", "bytes=-0", "bytes=1-"])
  func `Every range of an empty file is unsatisfiable`(header: String) {
    #expect(answer(header, size: 0) == "none")
  }
}
