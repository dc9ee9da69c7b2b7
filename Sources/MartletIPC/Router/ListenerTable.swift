// Electron's emitters are Node's: rules S-20 to S-26 and S-37. Pure bookkeeping, no values.

/// Listeners by channel.
package struct ListenerTable<Listener> {
  private var lists: [ChannelName: ListenerList<Listener>] = [:]
  /// Channels that were found to have more than a few.
  private var crowded: Set<ChannelName> = []
  private var lastID: UInt64 = 0

  package init() {}

  /// Adds a listener behind those that are there; the number names it for `remove`.
  package mutating func add(_ channel: String, once: Bool, _ listener: Listener) -> UInt64 {
    lastID += 1
    lists[ChannelName(channel), default: ListenerList()].add(listener, id: lastID, once: once)
    return lastID
  }

  /// Whether a channel has more than ten listeners and nobody was told before: those that are added again and
  /// again and never removed are a leak (S-26).
  package mutating func isNewlyCrowded(_ channel: String) -> Bool {
    count(channel) > 10 && crowded.insert(ChannelName(channel)).inserted
  }

  /// Removes one listener. One that is not there is no error.
  package mutating func remove(_ channel: String, id: UInt64) {
    let name = ChannelName(channel)
    lists[name]?.remove(id)
    if lists[name]?.isEmpty == true { lists[name] = nil }
  }

  /// Removes the listeners of one channel, or of all.
  package mutating func removeAll(_ channel: String? = nil) {
    if let channel { lists[ChannelName(channel)] = nil } else { lists = [:] }
  }

  /// The listeners to run for one emit, in order, taken as they are now (S-21); those that were to run once
  /// are removed with this.
  package mutating func take(_ channel: String) -> [Listener] {
    let name = ChannelName(channel)
    guard let taken = lists[name]?.take() else { return [] }
    if lists[name]?.isEmpty == true { lists[name] = nil }
    return taken
  }

  /// The channels that have listeners, the one with the longest-standing listener first.
  package var channels: [String] {
    lists.sorted { $0.value.firstID ?? 0 < $1.value.firstID ?? 0 }.map(\.key.text)
  }

  /// How many listeners a channel has.
  package func count(_ channel: String) -> Int { lists[ChannelName(channel)]?.count ?? 0 }
}
