// One document that said hello: from then to its unload it owns one transport.

internal import MartletGLib
package import MartletIPC
internal import MartletClone

/// A page as it was loaded once. Reloading makes another.
package final class RendererDocument {
  /// Names the document on the wire; nobody else can know it.
  let token = randomToken()
  /// The characters of a token.
  static let tokenLength = 32
  /// Names it where the app may know it.
  package let frameToken = randomToken()
  package let frame: RendererFrame
  /// Where it was loaded from: of a main frame WebKit's word in this process, of another its process's word.
  package let url: String
  /// Its origin, likewise; `null` for an opaque one.
  package let origin: String
  /// `window.name` as it began.
  package let name: String
  /// WebKit's number of its frame.
  package let routingID: UInt64
  /// The process it is in; 0 when the kernel does not say.
  package let processID: Int32
  /// Whether this page may call the app: it got a preload, or could have.
  package let isTrusted: Bool
  package internal(set) var isVisible: Bool
  let transport: any RendererTransport
  /// Whoever keeps what belongs to its frame may put it here: it stays as long as the document speaks.
  package var companion: AnyObject?
  /// The log of the page that it is in.
  package let log: PageLog
  /// Whether it may be spoken to. When it is being left it may not, and may still speak.
  package private(set) var isAlive = true
  /// Whether nothing is heard from it any longer.
  package internal(set) var isEnded = false

  init(
    _ announcement: FrameAnnouncement, in frame: RendererFrame, of page: PageHost, isTrusted: Bool,
    isVisible: Bool, makeTransport: (String) -> any RendererTransport
  ) {
    self.frame = frame
    url = frame.isMain ? page.addressOfPage : announcement.url
    origin = frame.isMain ? page.address.origin(said: announcement.origin) : announcement.origin
    log = page.log
    name = announcement.frameName
    routingID = announcement.frame
    processID = announcement.processID
    self.isTrusted = isTrusted
    self.isVisible = isVisible
    transport = makeTransport(token)
  }

  /// Sends an encoded envelope, and ports with it.
  package func send(_ envelope: EncodedEnvelope, ports: [OwnedDescriptor] = []) throws(SendError) {
    guard isAlive else { throw .closed }
    try transport.send(envelope, ports: ports)
  }

  /// Writes a line to the log that a page could cause any number of times.
  package func complain(_ kind: PageLog.Kind, _ complaint: @autoclosure () -> String) {
    log.write(kind) { "\(complaint()) (\(url.cut(to: PageLog.addressLimit)))" }
  }

  /// Its own handlers are told that it is being left: it is not spoken to any more.
  func startLeaving() {
    isAlive = false
    transport.startLeaving()
  }

  /// The document has been left.
  func leave() {
    isAlive = false
    transport.leave()
  }

  /// The document is not to be heard any longer.
  func close() {
    isAlive = false
    transport.close()
  }
}
