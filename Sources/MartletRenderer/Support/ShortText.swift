// Cuts texts whose length a page determines, before they go to the main process.

import CMartletWebProcess

/// A copy of a text as valid UTF-8, as a GVariant requires (not half a surrogate pair): whole, or the
/// characters of its first `limit` bytes and an ellipsis. The caller frees it.
func cut(_ text: UnsafePointer<CChar>?, to limit: Int) -> UnsafeMutablePointer<CChar> {
  guard let text else { return g_strdup("")! }
  guard strnlen(text, limit + 1) > limit else { return g_utf8_make_valid(text, -1)! }
  var end = limit
  while end > 0, UInt8(bitPattern: text[end]) & 0xC0 == 0x80 { end -= 1 }
  let ellipsis: StaticString = "…"
  let short = g_malloc(gsize(end + ellipsis.utf8CodeUnitCount))!
  defer { g_free(short) }
  memcpy(short, text, end)
  memcpy(short + end, ellipsis.utf8Start, ellipsis.utf8CodeUnitCount)
  return g_utf8_make_valid(
    short.assumingMemoryBound(to: CChar.self), gssize(end + ellipsis.utf8CodeUnitCount))!
}
