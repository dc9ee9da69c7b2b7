// One request of a custom scheme.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib

struct SchemeRequest {
  private let request: OpaquePointer
  private let reference: GObjectRef

  init(_ request: OpaquePointer) {
    self.request = request
    reference = GObjectRef(retaining: request)
  }

  /// The URI, cut at the length limit. A shortened URI must not be used as an address.
  var uri: String { String(webkit_uri_scheme_request_get_uri(request), limit: ParsedURL.limit) }

  var method: String {
    webkit_uri_scheme_request_get_http_method(request).map { String(cString: $0) } ?? "GET"
  }

  /// The requesting view.
  var view: UnsafeMutablePointer<WebKitWebView>? { webkit_uri_scheme_request_get_web_view(request) }

  func header(_ name: String) -> String? {
    guard let headers = webkit_uri_scheme_request_get_http_headers(request) else { return nil }
    return soup_message_headers_get_one(headers, name).map { String(cString: $0) }
  }

  /// The requested range of `size` bytes: see `ByteRange`.
  func range(of size: Int) -> ByteRange? {
    webkit_uri_scheme_request_get_http_headers(request).flatMap { ByteRange($0, size: size) }
  }

  /// The body, as a stream from its beginning; WebKit has it in memory.
  var body: RequestBody? {
    webkit_uri_scheme_request_get_http_body(request).map { RequestBody(GObjectRef(adopting: $0)) }
  }

  /// Answers with bytes in memory; a HEAD request gets only the headers.
  func finish(
    status: UInt32 = 200, type: String = "text/plain", headers: [(String, String)] = [], _ body: [UInt8]
  ) {
    let body = method == "HEAD" ? [] : body
    let bytes = newGBytes(body)
    defer { g_bytes_unref(bytes) }
    let stream = GObjectRef(adopting: g_memory_input_stream_new_from_bytes(bytes))
    stream.use {
      finish(
        status: status, type: type, headers: headers, stream: UnsafeMutablePointer($0), length: body.count)
    }
  }

  /// Answers with a stream of `length` bytes.
  func finish(
    status: UInt32, type: String, headers: [(String, String)], stream: UnsafeMutablePointer<GInputStream>,
    length: Int
  ) {
    GObjectRef(adopting: webkit_uri_scheme_response_new(stream, length)).use { response in
      webkit_uri_scheme_response_set_content_type(response, type)
      webkit_uri_scheme_response_set_status(response, status, nil)
      let fields = soup_message_headers_new(SOUP_MESSAGE_HEADERS_RESPONSE)
      // Checks such as `nosniff` look at the header, not at the type set above.
      soup_message_headers_append(fields, "Content-Type", type)
      for (name, value) in headers { soup_message_headers_append(fields, name, value) }
      webkit_uri_scheme_response_set_http_headers(response, fields)
      webkit_uri_scheme_request_finish_with_response(request, response)
    }
  }

  /// Answers with an error status.
  func refuse(status: UInt32, _ reason: String) {
    finish(status: status, headers: [("X-Content-Type-Options", "nosniff")], Array(reason.utf8))
  }
}
