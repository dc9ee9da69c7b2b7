// An envelope of a document, sorted. Nothing else in the main process looks at its kind.

package import MartletClone

/// What a document says with an envelope.
package enum DocumentEnvelope {
  /// The document, or its frame, has reached another state.
  case lifecycle(Lifecycle)
  /// A call of `ipcRenderer`.
  case call(IpcCall)
  /// A call that the document is blocked on.
  case syncCall(IpcCall)
  /// `[ok, value]` of the script with this number (`executeJavaScript`).
  case result(UInt32, CloneValue)
  /// A kind that no document sends.
  case unknown(UInt8)

  package enum Lifecycle {
    case domReady
    case loaded
    case painted
    /// `{ message, file, line, stack }`.
    case preloadError(CloneValue)
    case visibility(isVisible: Bool)
    /// The handlers of its end are running.
    case unloading
    /// Its frame has been taken out of the page.
    case gone
    /// The page has opened the document anew, so that nothing of it is to be heard any more.
    case reopened
  }

  package init(_ envelope: Envelope) {
    switch envelope.kind {
    case .send: self = .call(IpcCall(.send, envelope))
    case .invoke: self = .call(IpcCall(.invoke, envelope))
    case .postMessage: self = .call(IpcCall(.postMessage, envelope))
    case .sendSync: self = .syncCall(IpcCall(.sendSync, envelope))
    case .evaluated: self = .result(envelope.call, envelope.value)
    case .domReady: self = .lifecycle(.domReady)
    case .loaded: self = .lifecycle(.loaded)
    case .painted: self = .lifecycle(.painted)
    case .preloadError: self = .lifecycle(.preloadError(envelope.value))
    case .visibility:
      self = .lifecycle(.visibility(isVisible: envelope.value.isEquivalent(to: "visible")))
    case .leaving: self = .lifecycle(.unloading)
    case .gone: self = .lifecycle(.gone)
    case .opened: self = .lifecycle(.reopened)
    default: self = .unknown(envelope.kind.number)
    }
  }
}

/// A call of `ipcRenderer`.
package struct IpcCall {
  package enum Kind { case send, sendSync, postMessage, invoke }

  package let kind: Kind
  /// The channel and the arguments. Nil when there is no channel.
  package let message: IpcMessage?
  /// Pairs the reply to an invoke with its call.
  package let number: UInt32
  /// About how many bytes of memory the arguments keep.
  package let footprint: Int
  package let ports: [OwnedDescriptor]

  package init(_ kind: Kind, _ envelope: Envelope) {
    self.init(
      kind, IpcMessage(envelope.value), number: envelope.call, footprint: envelope.footprint,
      ports: envelope.ports)
  }

  init(
    _ kind: Kind, _ message: IpcMessage?, number: UInt32, footprint: Int, ports: [OwnedDescriptor] = []
  ) {
    self.kind = kind
    self.message = message
    self.number = number
    self.footprint = footprint
    self.ports = ports
  }
}
