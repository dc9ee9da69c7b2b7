// GError as a Swift error.

package import CMartletWebKit

/// A GLib error, copied out of C.
package nonisolated struct GLibError: Error, Sendable, CustomStringConvertible {
  /// The error domain's name, such as `g-io-error-quark`.
  package let domain: String
  package let code: Int32
  package let message: String

  package init(domain: String, code: Int32, message: String) {
    self.domain = domain
    self.code = code
    self.message = message
  }

  /// Copies `error`, which the caller still owns.
  package init(copying error: UnsafePointer<GError>?) {
    domain = error.flatMap { g_quark_to_string($0.pointee.domain) }.map { String(cString: $0) } ?? ""
    code = error?.pointee.code ?? 0
    message = error?.pointee.message.map { String(cString: $0) } ?? "unknown error"
  }

  /// Copies `error` and frees it.
  package init(consuming error: UnsafeMutablePointer<GError>?) {
    self.init(copying: error)
    if let error { g_error_free(error) }
  }

  package var description: String { message }

  package func matches(_ quark: GQuark, _ code: Int32) -> Bool {
    self.code == code && domain == g_quark_to_string(quark).map { String(cString: $0) }
  }
}

/// Calls a C function with a GError out-parameter and throws the reported error.
package nonisolated func throwingGError<R>(
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<GError>?>) -> R
) throws(GLibError) -> R {
  var error: UnsafeMutablePointer<GError>?
  let result = body(&error)
  if error != nil { throw GLibError(consuming: error) }
  return result
}
