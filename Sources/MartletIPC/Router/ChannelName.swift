// Channel names are compared as JavaScript compares strings (S-37).

/// A channel's name as a key.
///
/// Swift's strings are equal when they are canonically equivalent: `é` as one scalar and as two are one
/// string. JavaScript compares code units, so to a renderer they are two channels, and must have separate
/// handlers.
struct ChannelName: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: ChannelName, right: ChannelName) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    // A copy of the reference, because `withUTF8` may have to make the string contiguous.
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
