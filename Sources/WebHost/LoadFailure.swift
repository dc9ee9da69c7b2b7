// Why a load failed, in Electron's words.

internal import CWebKit
internal import GLibKit

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
    public static let connectionRefused = Code(name: "ERR_CONNECTION_REFUSED", number: -102)
    public static let nameNotResolved = Code(name: "ERR_NAME_NOT_RESOLVED", number: -105)
    public static let addressInvalid = Code(name: "ERR_ADDRESS_INVALID", number: -108)
    public static let invalidURL = Code(name: "ERR_INVALID_URL", number: -300)
    public static let unknownURLScheme = Code(name: "ERR_UNKNOWN_URL_SCHEME", number: -302)
    public static let unsafePort = Code(name: "ERR_UNSAFE_PORT", number: -312)
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

  init(_ error: GLibError, url: String) {
    self.init(Self.code(of: error), url: url)
  }

  public var description: String { "\(code) (\(errno)) loading '\(url)'" }

  private static func code(of error: GLibError) -> Code {
    let network = webkit_network_error_quark()
    let policy = webkit_policy_error_quark()
    let table: [(GQuark, UInt32, Code)] = [
      (network, WEBKIT_NETWORK_ERROR_CANCELLED.rawValue, .aborted),
      (network, WEBKIT_NETWORK_ERROR_UNKNOWN_PROTOCOL.rawValue, .unknownURLScheme),
      (network, WEBKIT_NETWORK_ERROR_FILE_DOES_NOT_EXIST.rawValue, .fileNotFound),
      (policy, WEBKIT_POLICY_ERROR_CANNOT_SHOW_URI.rawValue, .unknownURLScheme),
      (policy, WEBKIT_POLICY_ERROR_FRAME_LOAD_INTERRUPTED_BY_POLICY_CHANGE.rawValue, .aborted),
      (g_io_error_quark(), G_IO_ERROR_CONNECTION_REFUSED.rawValue, .connectionRefused),
    ]
    if let match = table.first(where: { error.matches($0.0, Int32($0.1)) }) { return match.2 }
    if error.domain == "g-resolver-error-quark" { return .nameNotResolved }
    return .failed
  }
}
