// What postMessage throws for its list of ports: S-16, S-49.

internal import MartletIPC

/// A transfer list with ports that cannot be transferred. Nothing has been sent, and no port transferred.
public struct MessagePortError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of failure. There may be more in later versions.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    private init(_ description: String) { self.description = description }

    /// A port cannot go over itself.
    public static let sourcePort = Code("sourcePort")
    /// A port that was transferred before.
    public static let neutered = Code("neutered")
    /// A port that is in the list twice.
    public static let duplicate = Code("duplicate")
    /// More than 64 ports: send several messages.
    public static let tooMany = Code("tooMany")
  }

  public let code: Code
  /// The first three are Electron's texts.
  public let message: String

  public var description: String { message }

  @MainActor static func check(
    _ transfer: [MessagePortMain], source: MessagePortMain? = nil
  ) throws(MessagePortError) {
    guard transfer.count <= limit else {
      throw MessagePortError(
        code: .tooMany, message: "A message can carry \(limit) ports, and not \(transfer.count).")
    }
    for (index, port) in transfer.enumerated() {
      if port === source {
        throw MessagePortError(
          code: .sourcePort, message: "Port at index \(index) contains the source port.")
      }
      if port.isNeutered {
        throw MessagePortError(code: .neutered, message: "Port at index \(index) is already neutered.")
      }
      if transfer[..<index].contains(where: { $0 === port }) {
        throw MessagePortError(code: .duplicate, message: "Port at index \(index) is a duplicate.")
      }
    }
  }

  private static let limit = Envelope.portLimit
}
