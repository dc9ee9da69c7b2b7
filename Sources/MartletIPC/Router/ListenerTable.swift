// Electron's emitters are Node's: rules S-20 to S-26 and S-37. Pure bookkeeping, no values.

/// Listeners by channel.
package struct ListenerTable<Listener> {
  private struct Entry {
    let id: UInt64
    let once: Bool
    let listener: Listener
  }

  private var entries: [ChannelName: [Entry]] = [:]
  /// Channels that were found to have more than a few.
  private var crowded: Set<ChannelName> = []
  private var lastID: UInt64 = 0

  package init() {}

  /// Adds a listener behind those that are there; the number names it for `remove`.
  package mutating func add(_ channel: String, once: Bool, _ listener: Listener) -> UInt64 {
    lastID += 1
    entries[ChannelName(channel), default: []].append(Entry(id: lastID, once: once, listener: listener))
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
    entries[name]?.removeAll { $0.id == id }
    if entries[name]?.isEmpty == true { entries[name] = nil }
  }

  /// Removes the listeners of one channel, or of all.
  package mutating func removeAll(_ channel: String? = nil) {
    if let channel { entries[ChannelName(channel)] = nil } else { entries = [:] }
  }

  /// The listeners to run for one emit, in order, taken as they are now (S-21); those that were to run once
  /// are removed with this.
  package mutating func take(_ channel: String) -> [Listener] {
    let name = ChannelName(channel)
    guard let list = entries[name] else { return [] }
    if list.contains(where: \.once) {
      let rest = list.filter { !$0.once }
      entries[name] = rest.isEmpty ? nil : rest
    }
    return list.map(\.listener)
  }

  /// The channels that have listeners, the one with the longest-standing listener first.
  package var channels: [String] {
    entries.sorted { $0.value[0].id < $1.value[0].id }.map(\.key.text)
  }

  /// How many listeners a channel has.
  package func count(_ channel: String) -> Int { entries[ChannelName(channel)]?.count ?? 0 }
}
