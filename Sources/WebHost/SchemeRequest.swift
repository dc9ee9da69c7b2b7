// One request by a custom scheme.

internal import CShim
internal import CWebKit
internal import GLibKit

struct SchemeRequest {
  private let request: OpaquePointer
  private let reference: GObjectRef

  init(_ request: OpaquePointer) {
    self.request = request
    reference = GObjectRef(retaining: request)
  }

  /// Of one longer than any may be, the beginning: nobody is to take that for an address.
  var uri: String { String(webkit_uri_scheme_request_get_uri(request), limit: ParsedURL.limit) }

  var method: String {
    webkit_uri_scheme_request_get_http_method(request).map { String(cString: $0) } ?? "GET"
  }

  /// The address of the WebKitWebView that asks.
  var viewAddress: UInt? { webkit_uri_scheme_request_get_web_view(request).map { UInt(bitPattern: $0) } }

  func header(_ name: String) -> String? {
    guard let headers = webkit_uri_scheme_request_get_http_headers(request) else { return nil }
    return soup_message_headers_get_one(headers, name).map { String(cString: $0) }
  }

  /// The whole body; WebKit has it in memory. Nil when it is longer than `limit` bytes, cannot be read, or is not
  /// `accepted` by its first `prefix` bytes: nothing but these is read then.
  func body(limit: Int, prefix: Int, accepted: ([UInt8]) -> Bool) -> [UInt8]? {
    guard let stream = webkit_uri_scheme_request_get_http_body(request) else { return nil }
    defer { g_object_unref(stream) }
    var bytes: [UInt8] = []
    while let chunk = g_input_stream_read_bytes(
      stream, gsize(bytes.count < prefix ? prefix - bytes.count : 1 << 20), nil, nil)
    {
      defer { g_bytes_unref(chunk) }
      let read = [UInt8](chunk)
      if read.isEmpty { return bytes.count < prefix ? nil : bytes }
      bytes += read
      if bytes.count > limit || bytes.count == prefix && !accepted(bytes) { return nil }
    }
    return nil
  }

  /// Answers with bytes that are in memory.
  func finish(
    status: UInt32 = 200, type: String = "text/plain", headers: [(String, String)] = [], _ body: [UInt8]
  ) {
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

  /// Answers that there is nothing to be had.
  func refuse(status: UInt32, _ reason: String) {
    finish(status: status, headers: [("X-Content-Type-Options", "nosniff")], Array(reason.utf8))
  }
}
