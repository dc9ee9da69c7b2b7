// `martlet-ipc://bridge/…`: what the bridge asks synchronously. A page can name the scheme, so every request must
// begin with the key of this run, which only the preload's world was given, and who asks is known from the view.

internal import CWebKit
internal import GLibKit
internal import StructuredClone

enum PrivateScheme {
  static let name = "martlet-ipc"

  /// The key and the document's token, 32 characters each.
  private static let prefixSize = 64
  private static let bodyLimit = 1 << 30

  static func answer(_ request: SchemeRequest, engine: WebEngine) {
    Log.debug("asked for \(request.uri.cut(to: PageLog.addressLimit))")
    guard request.method == "POST", let host = engine.host(of: request), let url = ParsedURL(request.uri),
      let body = request.body(
        limit: bodyLimit, prefix: prefixSize,
        accepted: { isEqualInConstantTime($0[..<32], Array(engine.key.utf8)) })
    else { return request.refuse(status: 403, "forbidden") }
    let call = PrivateRequest(
      request: request, document: String(decoding: body[32..<prefixSize], as: UTF8.self),
      payload: Array(body[prefixSize...]))
    switch url.path {
    case "/hello": host.documents.hello(call)
    case "/sync": host.documents.sync(call)
    case "/module": host.documents.module(call)
    default: request.refuse(status: 404, "not found")
    }
  }

  private static func isEqualInConstantTime(_ left: ArraySlice<UInt8>, _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

/// A request that proved it comes from the preload's world.
struct PrivateRequest {
  let request: SchemeRequest
  /// The token of the document it says it is from.
  let document: String
  let payload: [UInt8]

  /// Answers with bytes, as base64 text: a synchronous request cannot have a binary answer.
  func finish(_ bytes: [UInt8]) {
    request.finish(
      type: "text/plain", headers: [("Access-Control-Allow-Origin", "*")], Array(base64(bytes).utf8))
  }

  /// Answers with a value.
  func finish(_ value: CloneValue) {
    do {
      finish(try CloneCodec.encode(value))
    } catch {
      request.refuse(status: 500, "\(error)")
    }
  }

  func refuse() {
    request.refuse(status: 403, "forbidden")
  }
}
