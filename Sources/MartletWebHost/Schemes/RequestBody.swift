// The body of a request, read in pieces up to the permitted length.

internal import CMartletWebKit
internal import MartletGLib

struct RequestBody {
  private let stream: GObjectRef

  init(_ stream: GObjectRef) { self.stream = stream }

  /// The token of the requesting document, 32 characters; nil when it is not preceded by `key`.
  func token(after key: String) -> String? {
    let key = Array(key.utf8)
    guard let shown = next(key.count), Self.isEqualInConstantTime(shown, key), let token = next(32) else {
      return nil
    }
    return String(decoding: token, as: UTF8.self)
  }

  private static func isEqualInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The next `count` bytes; nil when fewer remain.
  func next(_ count: Int) -> [UInt8]? {
    let bytes = upTo(count)
    return bytes.count == count ? bytes : nil
  }

  /// The remaining bytes; nil when they are more than `limit`, of which no more than that is read.
  func rest(limit: Int) -> [UInt8]? {
    let bytes = upTo(limit)
    return upTo(1).isEmpty ? bytes : nil
  }

  private func upTo(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count,
      let chunk = g_input_stream_read_bytes(
        stream.pointer(), gsize(min(count - bytes.count, 1 << 20)), nil, nil)
    {
      defer { g_bytes_unref(chunk) }
      let read = [UInt8](chunk)
      if read.isEmpty { break }
      bytes += read
    }
    return bytes
  }
}
