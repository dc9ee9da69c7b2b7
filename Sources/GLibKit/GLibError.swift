// GError as a Swift error.

public import CWebKit

/// A GLib error, copied out of C.
public nonisolated struct GLibError: Error, Sendable, CustomStringConvertible {
  /// The error domain's name, such as `g-io-error-quark`.
  public let domain: String
  public let code: Int32
  public let message: String

  public init(domain: String, code: Int32, message: String) {
    self.domain = domain
    self.code = code
    self.message = message
  }

  /// Copies `error`, which stays the caller's.
  public init(copying error: UnsafePointer<GError>?) {
    domain = error.flatMap { g_quark_to_string($0.pointee.domain) }.map { String(cString: $0) } ?? ""
    code = error?.pointee.code ?? 0
    message = error?.pointee.message.map { String(cString: $0) } ?? "unknown error"
  }

  /// Copies `error` and frees it.
  public init(consuming error: UnsafeMutablePointer<GError>?) {
    self.init(copying: error)
    if let error { g_error_free(error) }
  }

  public var description: String { message }

  public func matches(_ quark: GQuark, _ code: Int32) -> Bool {
    self.code == code && domain == g_quark_to_string(quark).map { String(cString: $0) }
  }
}

/// Calls a C function with a GError out-parameter and throws what it reports.
public nonisolated func throwingGError<R>(
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<GError>?>) -> R
) throws(GLibError) -> R {
  var error: UnsafeMutablePointer<GError>?
  let result = body(&error)
  if error != nil { throw GLibError(consuming: error) }
  return result
}
