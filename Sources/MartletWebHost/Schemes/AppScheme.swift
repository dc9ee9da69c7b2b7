// `app://<app-id>/…`: the app's folder as a secure, standard origin, so that modules, fetch, storage and CSP
// 'self' work as on https. Read-only, confined to the folder, without directory listings.

internal import CMartletWebKit
internal import MartletGLib

enum AppScheme {
  static let name = AppAddress.scheme

  static func answer(_ request: SchemeRequest, engine: WebEngine) {
    Log.debug("asked for \(request.uri.cut(to: PageLog.addressLimit))")
    guard let host = engine.host(of: request), host.mayAsk(request) else {
      return request.refuse(status: 403, "forbidden")
    }
    guard ["GET", "HEAD"].contains(request.method) else {
      return request.refuse(status: 405, "method not allowed")
    }
    guard host.gate.isOwn(request.uri), let url = ParsedURL(request.uri),
      let file = engine.root.open(urlPath: url.path), !engine.isPrivate(file)
    else { return request.refuse(status: 404, "not found") }
    serve(file, to: request)
  }

  private static func serve(_ file: AppFile, to request: SchemeRequest) {
    let isWhole = request.method == "HEAD"
    guard !isWhole, let range = request.range(of: file.size) else {
      return send(0..<file.size, of: file, status: 200, to: request)
    }
    guard let bytes = range.bytes else {
      return request.finish(
        status: 416, type: MediaTypes.type(of: file.path),
        headers: headers(length: 0) + [("Content-Range", "bytes */\(file.size)")], [])
    }
    send(
      bytes, of: file, status: 206, to: request,
      [("Content-Range", "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(file.size)")])
  }

  private static func send(
    _ bytes: Range<Int>, of file: AppFile, status: UInt32, to request: SchemeRequest,
    _ more: [(String, String)] = []
  ) {
    guard let stream = file.stream(request.method == "HEAD" ? 0..<0 : bytes, for: request.view) else {
      return request.refuse(status: 404, "not found")
    }
    request.finish(
      status: status, type: MediaTypes.type(of: file.path), headers: headers(length: bytes.count) + more,
      stream: stream.pointer(), length: bytes.count)
  }

  private static func headers(length: Int) -> [(String, String)] {
    [
      ("X-Content-Type-Options", "nosniff"), ("Accept-Ranges", "bytes"), ("Cache-Control", "no-cache"),
      ("Content-Length", "\(length)"),
    ]
  }
}
