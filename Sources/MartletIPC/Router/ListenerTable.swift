// Listeners by channel, with the semantics of Node's emitters, as in Electron: rules S-20 to S-26 and S-37.
// Bookkeeping only, no values.

/// Listeners by channel.
package struct ListenerTable<Listener> {
  private var lists: [ChannelName: ListenerList<Listener>] = [:]
  /// Channels that have been reported as having too many listeners.
  private var crowded: Set<ChannelName> = []
  private var lastID: UInt64 = 0

  package init() {}

  /// Appends a listener; the returned number identifies it for `remove`.
  package mutating func add(_ channel: String, once: Bool, _ listener: Listener) -> UInt64 {
    lastID += 1
    lists[ChannelName(channel), default: ListenerList()].add(listener, id: lastID, once: once)
    return lastID
  }

  /// Whether a channel has more than ten listeners and this was not reported before. Listeners that are added
  /// repeatedly and never removed are a leak (S-26).
  package mutating func isNewlyCrowded(_ channel: String) -> Bool {
    count(channel) > 10 && crowded.insert(ChannelName(channel)).inserted
  }

  /// Removes the listener with this id, if there is one.
  package mutating func remove(_ channel: String, id: UInt64) {
    let name = ChannelName(channel)
    lists[name]?.remove(id)
    if lists[name]?.isEmpty == true { lists[name] = nil }
  }

  /// Removes the listeners of one channel, or of all.
  package mutating func removeAll(_ channel: String? = nil) {
    if let channel { lists[ChannelName(channel)] = nil } else { lists = [:] }
  }

  /// The listeners to run for one emit, in order, as they are now (S-21). Listeners that run once are
  /// removed.
  package mutating func take(_ channel: String) -> [Listener] {
    let name = ChannelName(channel)
    guard let taken = lists[name]?.take() else { return [] }
    if lists[name]?.isEmpty == true { lists[name] = nil }
    return taken
  }

  /// The channels that have listeners, ordered by the age of their oldest listener.
  package var channels: [String] {
    lists.sorted { $0.value.firstID ?? 0 < $1.value.firstID ?? 0 }.map(\.key.text)
  }

  /// The number of a channel's listeners.
  package func count(_ channel: String) -> Int { lists[ChannelName(channel)]?.count ?? 0 }
}
