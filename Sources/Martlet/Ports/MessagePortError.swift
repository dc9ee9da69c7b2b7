// The error of an invalid transfer list of postMessage: S-16, S-49.

public import MartletClone
public import MartletIPC

/// A transfer list has ports that cannot be transferred. No message was sent, and no port was transferred.
public struct MessagePortError: MartletError, Hashable {
  public let code: ErrorCode
  /// The first three texts are Electron's.
  public let message: String

  @MainActor static func check(
    _ transfer: [MessagePortMain], source: MessagePortMain? = nil
  ) throws(MessagePortError) {
    guard transfer.count <= limit else {
      throw MessagePortError(
        code: .tooManyPorts,
        message:
          "The message has too many ports, \(transfer.count): the limit is \(limit). Send several messages.")
    }
    for (index, port) in transfer.enumerated() {
      if port === source {
        throw MessagePortError(
          code: .portIsSource, message: "Port at index \(index) contains the source port.")
      }
      if port.isNeutered {
        throw MessagePortError(code: .portNeutered, message: "Port at index \(index) is already neutered.")
      }
      if transfer[..<index].contains(where: { $0 === port }) {
        throw MessagePortError(code: .portDuplicate, message: "Port at index \(index) is a duplicate.")
      }
    }
  }

  private static let limit = Envelope.portLimit
}

nonisolated extension ErrorCode {
  /// A port cannot be transferred through itself.
  public static let portIsSource: ErrorCode = "ERR_PORT_IS_SOURCE"
  /// A port was transferred before.
  public static let portNeutered: ErrorCode = "ERR_PORT_NEUTERED"
  /// A port is in the list twice.
  public static let portDuplicate: ErrorCode = "ERR_PORT_DUPLICATE"
  /// A message has more than 64 ports.
  public static let tooManyPorts: ErrorCode = "ERR_TOO_MANY_PORTS"
}
