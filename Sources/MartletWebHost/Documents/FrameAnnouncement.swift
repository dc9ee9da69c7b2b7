// What the extension says of a frame before the frame's script says hello: facts that no script can forge,
// and the other end of the lane.

internal import CMartletShim
internal import CMartletWebKit
internal import CMartletWire
internal import MartletIPC

/// A frame's document has begun in a web process.
struct FrameAnnouncement {
  /// Names the document until it has a token: what its hello says too.
  let name: UInt32
  /// WebKit's number of the frame, the same for all of its documents.
  let frame: UInt64
  let isMainFrame: Bool
  /// The number of the frame that it is in; 0 for a main frame, or when it is not known.
  let parent: UInt64
  /// Where the document is from; empty when that is too long.
  let url: String
  /// `null` for an opaque one.
  let origin: String
  /// Whether its address, or its origin, is longer than any may be.
  let isTooLong: Bool
  /// `window.name` as the document began: the beginning of a long one.
  let frameName: String
  /// Nil where the system had no more sockets, or the app wants none.
  let lane: OwnedDescriptor?

  static let addressLimit = ParsedURL.limit

  /// Nil when `message` is another one of the extension's messages, or not of its form.
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

  /// The process that the lane's other end is in, as the kernel knows it: 0 for one that has no number here;
  /// nil without a lane.
  var peer: Int32? { lane.map { martlet_socket_peer($0.number) } }

  /// The same; 0 when it is not known.
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
