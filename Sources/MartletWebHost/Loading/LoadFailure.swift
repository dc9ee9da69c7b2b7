// Load failures, with Electron's codes and texts.

internal import CMartletWebKit
public import MartletClone
internal import MartletGLib
public import MartletIPC

/// The error that `loadURL` and `loadFile` throw.
public struct LoadFailure: MartletError {
  /// Chromium's name, such as `ERR_FILE_NOT_FOUND`.
  public let code: ErrorCode
  /// The URL whose load failed.
  public let url: String

  /// Makes an error.
  ///
  /// - Parameters:
  ///   - code: One of Chromium's codes.
  ///   - url: The URL whose load failed.
  public init(_ code: ErrorCode, url: String) {
    self.code = code
    self.url = url
  }

  /// Chromium's number, such as -6; for a code that Chromium does not have, the number of `ERR_FAILED`.
  public var errno: Int { Self.numbers[code] ?? -2 }

  /// Electron's text.
  public var message: String { "\(code) (\(errno)) loading '\(url)'" }

  /// Of a certificate with several faults, the first in Chromium's order is reported.
  init(_ errors: GTlsCertificateFlags, url: String) {
    let table: [(GTlsCertificateFlags, ErrorCode)] = [
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

  static func code(of error: GLibError) -> ErrorCode {
    let network = webkit_network_error_quark()
    let policy = webkit_policy_error_quark()
    let table: [(GQuark, UInt32, ErrorCode)] = [
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

  private static let numbers: [ErrorCode: Int] = [
    .failed: -2,
    .aborted: -3,
    .fileNotFound: -6,
    .blockedByClient: -20,
    .connectionClosed: -100,
    .connectionReset: -101,
    .connectionRefused: -102,
    .nameNotResolved: -105,
    .internetDisconnected: -106,
    .tlsProtocol: -107,
    .addressInvalid: -108,
    .addressUnreachable: -109,
    .connectionTimedOut: -118,
    .certificateCommonNameInvalid: -200,
    .certificateDateInvalid: -201,
    .certificateAuthorityInvalid: -202,
    .certificateRevoked: -206,
    .certificateInvalid: -207,
    .certificateWeakSignature: -208,
    .invalidURL: -300,
    .unknownURLScheme: -302,
    .tooManyRedirects: -310,
    .unsafePort: -312,
    .emptyResponse: -324,
  ]
}

/// Chromium's codes, as Electron apps compare them.
nonisolated extension ErrorCode {
  /// The load failed for a reason without a code of its own.
  public static let failed: ErrorCode = "ERR_FAILED"
  /// The load was cancelled, by another load for instance.
  public static let aborted: ErrorCode = "ERR_ABORTED"
  /// The file or folder does not exist.
  public static let fileNotFound: ErrorCode = "ERR_FILE_NOT_FOUND"
  /// The app, or Martlet, does not allow the load.
  public static let blockedByClient: ErrorCode = "ERR_BLOCKED_BY_CLIENT"
  /// The server closed the connection before the response was complete.
  public static let connectionClosed: ErrorCode = "ERR_CONNECTION_CLOSED"
  /// The connection was reset.
  public static let connectionReset: ErrorCode = "ERR_CONNECTION_RESET"
  /// The server refused the connection.
  public static let connectionRefused: ErrorCode = "ERR_CONNECTION_REFUSED"
  /// The host name could not be resolved.
  public static let nameNotResolved: ErrorCode = "ERR_NAME_NOT_RESOLVED"
  /// There is no network connection.
  public static let internetDisconnected: ErrorCode = "ERR_INTERNET_DISCONNECTED"
  /// The TLS handshake failed.
  public static let tlsProtocol: ErrorCode = "ERR_SSL_PROTOCOL_ERROR"
  /// The IP address or the port is not valid.
  public static let addressInvalid: ErrorCode = "ERR_ADDRESS_INVALID"
  /// The host cannot be reached.
  public static let addressUnreachable: ErrorCode = "ERR_ADDRESS_UNREACHABLE"
  /// The connection attempt timed out.
  public static let connectionTimedOut: ErrorCode = "ERR_CONNECTION_TIMED_OUT"
  /// The certificate is for another host name.
  public static let certificateCommonNameInvalid: ErrorCode = "ERR_CERT_COMMON_NAME_INVALID"
  /// The certificate has expired, or is not valid yet.
  public static let certificateDateInvalid: ErrorCode = "ERR_CERT_DATE_INVALID"
  /// The certificate's authority is not trusted.
  public static let certificateAuthorityInvalid: ErrorCode = "ERR_CERT_AUTHORITY_INVALID"
  /// The certificate has been revoked.
  public static let certificateRevoked: ErrorCode = "ERR_CERT_REVOKED"
  /// The certificate is not valid for another reason.
  public static let certificateInvalid: ErrorCode = "ERR_CERT_INVALID"
  /// The certificate uses a weak signature algorithm.
  public static let certificateWeakSignature: ErrorCode = "ERR_CERT_WEAK_SIGNATURE_ALGORITHM"
  /// The text is not a URL.
  public static let invalidURL: ErrorCode = "ERR_INVALID_URL"
  /// No handler exists for the URL's scheme.
  public static let unknownURLScheme: ErrorCode = "ERR_UNKNOWN_URL_SCHEME"
  /// The server redirected too often.
  public static let tooManyRedirects: ErrorCode = "ERR_TOO_MANY_REDIRECTS"
  /// The engine does not connect to the URL's port.
  public static let unsafePort: ErrorCode = "ERR_UNSAFE_PORT"
  /// The server sent no response.
  public static let emptyResponse: ErrorCode = "ERR_EMPTY_RESPONSE"
}
