// `Range: bytes=…` of a request, read by libsoup.

internal import CMartletWebKit

/// The single range of a file that a request asks for. Requests for several ranges get the whole file, as
/// HTTP allows.
struct ByteRange {
  /// The requested bytes, all within the file; nil when the file has none of them.
  let bytes: Range<Int>?

  /// Nil when the headers ask for no range, for several, or for an invalid one: the answer is then the whole
  /// file.
  init?(_ headers: OpaquePointer, size: Int) {
    guard let text = soup_message_headers_get_one(headers, "Range"),
      strchr(text, Int32(UInt8(ascii: ","))) == nil
    else { return nil }
    var ranges: UnsafeMutablePointer<SoupRange>?
    var count: Int32 = 0
    guard soup_message_headers_get_ranges(headers, size, &ranges, &count) != 0, let ranges else { return nil }
    defer { soup_message_headers_free_ranges(headers, ranges) }
    guard count == 1 else { return nil }
    self.init(first: ranges[0].start, last: ranges[0].end, isSuffix: strstr(text, "=-") != nil, size: size)
  }

  /// libsoup counts a suffix from the end, past the beginning of a shorter file, and does not clip at the
  /// end.
  private init?(first: Int, last: Int, isSuffix: Bool, size: Int) {
    guard first >= 0 || isSuffix else { return nil }
    let first = max(first, 0)
    let last = min(last, size - 1)
    bytes = first <= last ? first..<last + 1 : nil
  }
}
