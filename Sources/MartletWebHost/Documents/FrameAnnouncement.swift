// The extension's announcement of a frame's document, sent before the document's script says hello. It has
// facts that no script can forge, and the other end of the lane.

internal import CMartletShim
internal import CMartletWebKit
internal import CMartletWire
internal import MartletIPC

/// The announcement of a document that has begun in a web process.
struct FrameAnnouncement {
  /// Identifies the document until it has a token; its hello has the same number.
  let name: UInt32
  /// WebKit's id of the frame, the same for all of its documents.
  let frame: UInt64
  let isMainFrame: Bool
  /// WebKit's id of the parent frame; 0 for a main frame, or when it is unknown.
  let parent: UInt64
  /// The document's URL; empty when it is too long.
  let url: String
  /// The document's origin; `null` for an opaque one.
  let origin: String
  /// Whether the URL or the origin exceeds the length limit.
  let isTooLong: Bool
  /// `window.name` at the document's start, cut when it is long.
  let frameName: String
  /// Nil when the system was out of sockets, or the app has turned lanes off.
  let lane: OwnedDescriptor?

  static let addressLimit = ParsedURL.limit

  /// Nil when `message` is another message of the extension, or is malformed.
  init?(_ message: OpaquePointer) {
    guard let fields = UserMessage(message, named: "frame", of: "(utbtsss)") else { return nil }
    name = fields.uint32(0)
    frame = fields.uint64(1)
    isMainFrame = fields.bool(2)
    parent = fields.uint64(3)
    let address = fields.text(4, limit: Self.addressLimit)
    let origin = fields.text(5, limit: Self.addressLimit)
    isTooLong = max(address.utf8.count, origin.utf8.count) > Self.addressLimit
    url = isTooLong ? "" : address
    self.origin = isTooLong ? "null" : origin
    frameName = fields.text(6, limit: Int(MARTLET_FRAME_NAME_LIMIT))
    lane = Self.socket(of: message)
  }

  /// The process with the lane's other end, according to the kernel. 0 for a process without a number in this
  /// namespace; nil without a lane.
  var peer: Int32? { lane.map { martlet_socket_peer($0.number) } }

  /// As `peer`; 0 when it is unknown.
  var processID: Int32 { peer ?? 0 }

  private static func socket(of message: OpaquePointer) -> OwnedDescriptor? {
    guard let list = webkit_user_message_get_fd_list(message), g_unix_fd_list_get_length(list) == 1 else {
      return nil
    }
    let number = g_unix_fd_list_get(list, 0, nil)
    guard number >= 0 else { return nil }
    let descriptor = OwnedDescriptor(number)
    return descriptor.isSocket ? descriptor : nil
  }
}
