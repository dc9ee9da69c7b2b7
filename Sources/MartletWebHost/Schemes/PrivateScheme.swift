// `martlet-ipc://bridge/…`: the bridge's synchronous requests. A page can use the scheme too, so every
// request must begin with the key of this run, which only the preload's world has. The sender is known from
// the view.

internal import CMartletWebKit
internal import MartletGLib
internal import MartletIPC
internal import MartletClone

enum PrivateScheme {
  static let name = "martlet-ipc"

  static func answer(_ request: SchemeRequest, engine: WebEngine) {
    Log.debug("asked for \(request.uri.cut(to: PageLog.addressLimit))")
    guard request.method == "POST", let host = engine.host(of: request), let body = request.body,
      let document = body.token(after: engine.key), let path = PrivatePath(request.uri)
    else { return request.refuse(status: 403, "forbidden") }
    guard let limit = path.limit(takesMessages: host.documents.takesScriptMessages(of: document)) else {
      return request.refuse(status: 403, "forbidden")
    }
    guard let payload = body.rest(limit: limit) else {
      host.log.write(.longRequest) {
        "refused a synchronous '\(path.rawValue)' request: it exceeds \(limit) bytes "
          + "(\(host.addressOfPage.cut(to: PageLog.addressLimit)))"
      }
      return request.refuse(status: 413, "too long")
    }
    let call = PrivateRequest(request: request, document: document, payload: payload)
    switch path {
    case .hello: host.documents.hello(call)
    case .sync: host.documents.sync(call)
    case .module: host.documents.module(call)
    }
  }
}

/// A request with the right key: it comes from the preload's world.
struct PrivateRequest {
  let request: SchemeRequest
  /// The token of the document that the request claims to come from.
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
