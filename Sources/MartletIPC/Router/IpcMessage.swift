// What `send`, `sendSync` and `invoke` carry: `[channel, ...arguments]`.

package import MartletClone

/// The channel and the arguments of a renderer's call.
package struct IpcMessage {
  package let channel: String
  /// Whether `channel` is what the renderer said. Swift cannot hold a lone surrogate: a name with one is
  /// nobody's channel, and must not reach whoever listens on the name that it is repaired to (S-37).
  package let isNameable: Bool
  package let arguments: ArraySlice<CloneValue>

  /// Nil when `value` is something else.
  ///
  /// An array with a length beyond its elements is something else, too: no bridge sends one, and a renderer
  /// that lies would have the main process make room for four billion arguments.
  package init?(_ value: CloneValue) {
    guard case .array(let message) = value, message.isDense, case .string(let name) = message[0] else {
      return nil
    }
    channel = String(name)
    isNameable = CloneString(channel) == name
    arguments = message.elements.dropFirst()
  }
}
