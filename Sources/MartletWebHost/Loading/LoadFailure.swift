// Why a load failed, in Electron's words.

internal import CMartletWebKit
internal import MartletGLib

/// What `loadURL` and `loadFile` throw.
public struct LoadFailure: Error, Sendable, CustomStringConvertible {
  /// Chromium's names and numbers, which Electron's users compare against.
  public struct Code: Hashable, Sendable {
    public let name: String
    public let number: Int

    public static let failed = Code(name: "ERR_FAILED", number: -2)
    public static let aborted = Code(name: "ERR_ABORTED", number: -3)
    public static let fileNotFound = Code(name: "ERR_FILE_NOT_FOUND", number: -6)
    public static let blockedByClient = Code(name: "ERR_BLOCKED_BY_CLIENT", number: -20)
    public static let connectionClosed = Code(name: "ERR_CONNECTION_CLOSED", number: -100)
    public static let connectionReset = Code(name: "ERR_CONNECTION_RESET", number: -101)
    public static let connectionRefused = Code(name: "ERR_CONNECTION_REFUSED", number: -102)
    public static let nameNotResolved = Code(name: "ERR_NAME_NOT_RESOLVED", number: -105)
    public static let internetDisconnected = Code(name: "ERR_INTERNET_DISCONNECTED", number: -106)
    public static let tlsProtocol = Code(name: "ERR_SSL_PROTOCOL_ERROR", number: -107)
    public static let addressInvalid = Code(name: "ERR_ADDRESS_INVALID", number: -108)
    public static let addressUnreachable = Code(name: "ERR_ADDRESS_UNREACHABLE", number: -109)
    public static let connectionTimedOut = Code(name: "ERR_CONNECTION_TIMED_OUT", number: -118)
    public static let certificateCommonNameInvalid = Code(name: "ERR_CERT_COMMON_NAME_INVALID", number: -200)
    public static let certificateDateInvalid = Code(name: "ERR_CERT_DATE_INVALID", number: -201)
    public static let certificateAuthorityInvalid = Code(name: "ERR_CERT_AUTHORITY_INVALID", number: -202)
    public static let certificateRevoked = Code(name: "ERR_CERT_REVOKED", number: -206)
    public static let certificateInvalid = Code(name: "ERR_CERT_INVALID", number: -207)
    public static let certificateWeakSignature = Code(
      name: "ERR_CERT_WEAK_SIGNATURE_ALGORITHM", number: -208)
    public static let invalidURL = Code(name: "ERR_INVALID_URL", number: -300)
    public static let unknownURLScheme = Code(name: "ERR_UNKNOWN_URL_SCHEME", number: -302)
    public static let tooManyRedirects = Code(name: "ERR_TOO_MANY_REDIRECTS", number: -310)
    public static let unsafePort = Code(name: "ERR_UNSAFE_PORT", number: -312)
    public static let emptyResponse = Code(name: "ERR_EMPTY_RESPONSE", number: -324)
  }

  /// The number, such as -6.
  public var errno: Int { kind.number }
  /// The name, such as `ERR_FILE_NOT_FOUND`.
  public var code: String { kind.name }
  public let kind: Code
  public let url: String

  public init(_ kind: Code, url: String) {
    self.kind = kind
    self.url = url
  }

  /// A certificate with several faults is told by the first of them in Chromium's order.
  init(_ errors: GTlsCertificateFlags, url: String) {
    let table: [(GTlsCertificateFlags, Code)] = [
      (G_TLS_CERTIFICATE_REVOKED, .certificateRevoked),
      (G_TLS_CERTIFICATE_UNKNOWN_CA, .certificateAuthorityInvalid),
      (G_TLS_CERTIFICATE_BAD_IDENTITY, .certificateCommonNameInvalid),
      (G_TLS_CERTIFICATE_INSECURE, .certificateWeakSignature),
      (G_TLS_CERTIFICATE_EXPIRED, .certificateDateInvalid),
      (G_TLS_CERTIFICATE_NOT_ACTIVATED, .certificateDateInvalid),
    ]
    let first = table.first { errors.rawValue & $0.0.rawValue != 0 }
    self.init(first?.1 ?? .certificateInvalid, url: url)
  }

  public var description: String { "\(code) (\(errno)) loading '\(url)'" }

  static func code(of error: GLibError) -> Code {
    let network = webkit_network_error_quark()
    let policy = webkit_policy_error_quark()
    let table: [(GQuark, UInt32, Code)] = [
      (network, WEBKIT_NETWORK_ERROR_CANCELLED.rawValue, .aborted),
      (network, WEBKIT_NETWORK_ERROR_UNKNOWN_PROTOCOL.rawValue, .unknownURLScheme),
      (network, WEBKIT_NETWORK_ERROR_FILE_DOES_NOT_EXIST.rawValue, .fileNotFound),
      (policy, WEBKIT_POLICY_ERROR_CANNOT_SHOW_URI.rawValue, .unknownURLScheme),
      (policy, WEBKIT_POLICY_ERROR_CANNOT_USE_RESTRICTED_PORT.rawValue, .unsafePort),
      (policy, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE.rawValue, .aborted),
      (g_io_error_quark(), G_IO_ERROR_CONNECTION_REFUSED.rawValue, .connectionRefused),
      (g_io_error_quark(), G_IO_ERROR_CONNECTION_CLOSED.rawValue, .connectionReset),
      (g_io_error_quark(), G_IO_ERROR_PARTIAL_INPUT.rawValue, .connectionClosed),
      (g_io_error_quark(), G_IO_ERROR_TIMED_OUT.rawValue, .connectionTimedOut),
      (g_io_error_quark(), G_IO_ERROR_HOST_UNREACHABLE.rawValue, .addressUnreachable),
      (g_io_error_quark(), G_IO_ERROR_NETWORK_UNREACHABLE.rawValue, .internetDisconnected),
    ]
    if let match = table.first(where: { error.matches($0.0, Int32($0.1)) }) { return match.2 }
    if error.domain == "g-resolver-error-quark" { return .nameNotResolved }
    if error.domain == "g-tls-error-quark" { return .tlsProtocol }
    return .failed
  }
}
