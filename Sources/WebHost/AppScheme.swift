// `app://<app-id>/…`: the app's folder as a secure, standard origin, so that modules, fetch, storage and CSP
// 'self' work as on https. Read-only, confined, never a listing.

internal import CWebKit
internal import GLibKit

enum AppScheme {
  static let name = "app"

  static func answer(_ request: SchemeRequest, engine: WebEngine) {
    Log.debug("asked for \(request.uri.cut(to: PageLog.addressLimit))")
    guard request.method == "GET" || request.method == "HEAD" else {
      return request.refuse(status: 405, "method not allowed")
    }
    guard let url = ParsedURL(request.uri), url.host == engine.appID.lowercased(),
      let file = engine.root.file(urlPath: url.path), !engine.isPrivate(file)
    else { return request.refuse(status: 404, "not found") }
    do {
      try serve(file, to: request)
    } catch {
      request.refuse(status: 404, "not found")
    }
  }

  private static func serve(_ file: String, to request: SchemeRequest) throws(GLibError) {
    let opened = try GObjectRef(adopting: g_file_new_for_path(file)).use { path throws(GLibError) in
      try throwingGError { g_file_read(path, nil, $0) }
    }
    try GObjectRef(adopting: opened!).use { stream throws(GLibError) in
      try serve(UnsafeMutablePointer(stream), type: mediaType(of: file), to: request)
    }
  }

  private static func serve(
    _ stream: UnsafeMutablePointer<GFileInputStream>, type: String, to request: SchemeRequest
  ) throws(GLibError) {
    let info = try throwingGError {
      g_file_input_stream_query_info(stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, nil, $0)
    }
    let size = GObjectRef(adopting: info!).use { g_file_info_get_size($0) }
    let input = UnsafeMutableRawPointer(stream).assumingMemoryBound(to: GInputStream.self)
    var headers = [
      ("X-Content-Type-Options", "nosniff"), ("Accept-Ranges", "bytes"), ("Cache-Control", "no-cache"),
    ]
    guard let text = request.header("Range"), let range = ByteRange(text, size: size) else {
      return request.finish(status: 200, type: type, headers: headers, stream: input, length: size)
    }
    guard let bytes = range.bytes else {
      headers.append(("Content-Range", "bytes */\(size)"))
      return request.finish(status: 416, type: type, headers: headers, [])
    }
    _ = try throwingGError { g_seekable_seek(OpaquePointer(stream), bytes.lowerBound, G_SEEK_SET, nil, $0) }
    let part = try throwingGError { g_input_stream_read_bytes(input, gsize(bytes.count), nil, $0) }
    defer { g_bytes_unref(part) }
    headers.append(("Content-Range", "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(size)"))
    request.finish(status: 206, type: type, headers: headers, [UInt8](part!))
  }

  /// By name alone: content is never sniffed, and what is unknown is bytes.
  private static func mediaType(of file: String) -> String {
    // Debian 12's database does not know it, and streaming compilation insists on it.
    if file.hasSuffix(".wasm") { return "application/wasm" }
    guard let content = String(taking: g_content_type_guess(file, nil, 0, nil)),
      let type = String(taking: g_content_type_get_mime_type(content))
    else { return "application/octet-stream" }
    return type
  }
}

/// One `Range: bytes=…` of a request. Several ranges at once are answered with the whole, as HTTP allows.
struct ByteRange {
  /// The bytes asked for, within the file; nil when none of them is.
  let bytes: Range<Int>?

  init?(_ header: String, size: Int) {
    guard header.hasPrefix("bytes="), !header.contains(",") else { return nil }
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    if ends[0].isEmpty {
      guard let suffix = Int(ends[1]), suffix >= 0 else { return nil }
      bytes = suffix == 0 || size == 0 ? nil : max(0, size - suffix)..<size
    } else {
      guard let first = Int(ends[0]), first >= 0 else { return nil }
      let last = ends[1].isEmpty ? size - 1 : Int(ends[1])
      guard let last, ends[1].isEmpty || last >= first else { return nil }
      bytes = first < size ? first..<min(last + 1, size) : nil
    }
  }
}
