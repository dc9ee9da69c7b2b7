// libFuzzer target for the main process's small parsers of what a page or a web process says: ranges,
// addresses, paths, the extension's messages, and requests by the private scheme. Built and run by
// `Tests/Fuzz/run`.
//
// The first byte of an input says which of them gets the rest.

import CMartletShim
import CMartletWebKit
import Glibc

/// Compiled together with the sources rather than linked, so that the parsers themselves are instrumented.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let address = UInt(bitPattern: start)
  MainActor.assumeIsolated {
    let input = UnsafeBufferPointer(start: UnsafePointer<UInt8>(bitPattern: address), count: count)
    guard let kind = input.first else { return }
    let rest = Array(input.dropFirst())
    let parsers = [range, addresses, path, message, privateRequest, text]
    parsers[Int(kind) % parsers.count](rest)
  }
  return 0
}

/// Eight bytes of the file's size, and the header.
private func range(_ input: [UInt8]) {
  guard input.count >= 8 else { return }
  let size = Int(truncatingIfNeeded: input[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }) & Int.max
  // libsoup lets no other bytes into a header.
  let value = String(decoding: input[8...].filter { $0 >= 32 && $0 < 127 }, as: UTF8.self)
  let headers = soup_message_headers_new(SOUP_MESSAGE_HEADERS_REQUEST)!
  defer { soup_message_headers_unref(headers) }
  soup_message_headers_append(headers, "Range", value)
  guard let bytes = ByteRange(headers, size: size)?.bytes else { return }
  precondition(bytes.lowerBound >= 0 && bytes.upperBound <= size && !bytes.isEmpty, "bytes out of the file")
}

private let app = AppAddress(appID: "dev.martlet.Fuzz")

private func addresses(_ input: [UInt8]) {
  let url = String(decoding: input, as: UTF8.self)
  let parsed = ParsedURL(url)
  if let parsed { precondition(parsed.hasSameOrigin(as: parsed)) }
  guard app.contains(url), let parsed else { return }
  precondition(parsed.scheme == AppAddress.scheme && parsed.host == "dev.martlet.fuzz" && parsed.port == -1)
  precondition(ParsedURL(app.origin)?.hasSameOrigin(as: parsed) == true, "another origin as the app's")
}

/// A folder with a few files, some of them hidden or out of it.
private let root: AppRoot = {
  var template = Array("/tmp/martlet-fuzz-XXXXXX".utf8CString)
  let folder = String(cString: mkdtemp(&template)!)
  atexit { system("rm -rf /tmp/martlet-fuzz-??????") }
  for name in ["app", "app/a", "other", "app/.git"] { mkdir(folder + "/" + name, 0o700) }
  for name in ["app/b", "app/a/\u{301}c", "other/d", "app/.git/e", "app/.f"] {
    close(open(folder + "/" + name, O_CREAT | O_WRONLY, 0o600))
  }
  symlink("../other/d", folder + "/app/l")
  symlink(".git", folder + "/app/g")
  return AppRoot(folder + "/app")!
}()

private func path(_ input: [UInt8]) {
  let path = String(decoding: input, as: UTF8.self)
  precondition(!MediaTypes.type(of: path).isEmpty)
  for file in [root.open(urlPath: path), root.open(path)] {
    guard let file else { continue }
    guard let place = root.place(of: file.path) else {
      preconditionFailure("a file that is not in the folder")
    }
    precondition(["b", "a/\u{301}c"].contains { place.hasSameBytes(as: $0) }, "another file: \(place)")
    // The address that leads to it.
    precondition(root.open(urlPath: "/" + percentEncodedPath(place))?.path == file.path)
  }
}

/// A byte that says which message, and what is in it, whatever its form.
private func message(_ input: [UInt8]) {
  guard let kind = input.first else { return }
  let forms = [("frame", "(utbtsss)"), ("console", "(uussb)"), ("console-dropped", "(t)"), ("other", "s")]
  let (name, form) = forms[Int(kind) % forms.count]
  let bytes = newGBytes(Array(input.dropFirst()))
  defer { g_bytes_unref(bytes) }
  // Each form under each name, too.
  let given = kind & 128 == 0 ? form : forms[Int(kind >> 3) % forms.count].1
  let type = g_variant_type_new(given)!
  defer { g_variant_type_free(type) }
  let message = GObjectRef(adopting: webkit_user_message_new(name, g_variant_new_from_bytes(type, bytes, 0)))
  message.use {
    if let console = ConsoleMessage($0) {
      precondition(console.text.utf8.count <= 16 << 10 + 3 && console.line >= 0)
    }
    if let frame = FrameAnnouncement($0) {
      precondition(frame.url.utf8.count <= FrameAnnouncement.addressLimit && frame.processID == 0)
    }
  }
}

/// A byte of the limit, and the body; the key is letters.
private func privateRequest(_ input: [UInt8]) {
  guard let limit = input.first else { return }
  let bytes = newGBytes(Array(input.dropFirst()))
  defer { g_bytes_unref(bytes) }
  let body = RequestBody(GObjectRef(adopting: g_memory_input_stream_new_from_bytes(bytes)))
  let key = String(repeating: "k", count: 32)
  _ = PrivatePath(String(decoding: input.dropFirst(), as: UTF8.self))
  guard body.token(after: key) != nil else { return }
  let payload = body.rest(limit: Int(limit))
  precondition(input.dropFirst().starts(with: key.utf8) && payload?.count ?? 0 <= Int(limit))
  precondition(
    (payload == nil) == (input.count - 1 - 64 > Int(limit)), "a payload that is cut, or refused for nothing")
}

private func text(_ input: [UInt8]) {
  let text = String(decoding: input, as: UTF8.self)
  let escaped = percentEncodedPart(text)
  precondition(
    escaped.utf8.allSatisfy { $0 > 32 && $0 < 127 } && percentEncodedPart(escaped).hasSameBytes(as: escaped))
  if !input.contains(0) {
    precondition(percentDecoded(percentEncodedPath(text))?.hasSameBytes(as: text) == true)
  }
  precondition(bytes(base64: base64(input)).map { $0 == input } == true)
  _ = bytes(base64: text)
}
