/// The entries of a `Map` (stride 2: key, value) or a `Set` (stride 1), in insertion order, and the index on
/// them.
struct CollectionStorage {
  /// Keys, each followed by its value in a map.
  private(set) var flat: ContiguousArray<CloneValue> = []
  private var index: CollectionIndex?
  let stride: Int

  init(stride: Int) { self.stride = stride }

  var count: Int { flat.count / stride }

  /// Takes over entries as they were decoded. Of two entries with equal keys the first keeps its place and
  /// gets the later value, as when JavaScript inserts them one after the other.
  mutating func adopt(_ entries: consuming ContiguousArray<CloneValue>) {
    flat = entries
    let total = count
    guard let first = firstDuplicate() else { return }
    // Only a hostile or careless sender gets here: insert from the first duplicate on, one by one.
    let tail = ContiguousArray(flat[(first * stride)...])
    flat.removeLast((total - first) * stride)
    index = nil
    reindexIfLarge()
    for position in Swift.stride(from: 0, to: tail.count, by: stride) {
      set(tail[position], to: stride == 2 ? tail[position + 1] : .undefined)
    }
  }

  private mutating func firstDuplicate() -> Int? {
    let total = count
    if total <= CollectionIndex.threshold {
      for position in 0..<total {
        let key = CollectionKey(flat[position * stride])
        for earlier in 0..<position where CollectionKey(flat[earlier * stride]) == key { return position }
      }
      return nil
    }
    return reindexIfLarge()
  }

  /// Builds the index if there are enough entries, and returns the first one that is there twice.
  @discardableResult
  private mutating func reindexIfLarge() -> Int? {
    let total = count
    guard total > CollectionIndex.threshold else {
      index = nil
      return nil
    }
    var fresh = CollectionIndex(capacity: total + total / 2)
    let stride = stride
    let duplicate: Int? = flat.withUnsafeBufferPointer { flat in
      for position in 0..<total {
        var slot = 0
        let key = CollectionKey(flat[position * stride])
        if fresh.find(key, keyAt: { flat[$0 * stride] }, slot: &slot) != nil { return position }
        fresh.insert(position: position, slot: slot)
      }
      return nil
    }
    index = fresh
    return duplicate
  }

  func position(of key: CloneValue) -> Int? {
    let wanted = CollectionKey(key)
    if let index {
      var slot = 0
      return index.find(wanted, keyAt: { flat[$0 * stride] }, slot: &slot)
    }
    for position in 0..<count where CollectionKey(flat[position * stride]) == wanted { return position }
    return nil
  }

  func value(at position: Int) -> CloneValue { flat[position * stride + stride - 1] }

  /// Inserts `key` or replaces its value.
  mutating func set(_ key: CloneValue, to value: CloneValue) {
    if let position = position(of: key) {
      guard stride == 2 else { return }
      flat[position * 2 + 1] = value
      return
    }
    // JavaScript's maps and sets do not keep a negative zero.
    if case .number(let number) = key, number == 0 { flat.append(.number(0)) } else { flat.append(key) }
    if stride == 2 { flat.append(value) }
    if index == nil || index?.isFull == true {
      reindexIfLarge()
    } else {
      var slot = 0
      let stride = stride
      let last = count - 1
      _ = index?.find(
        CollectionKey(flat[last * stride]), keyAt: { flat[$0 * stride] }, slot: &slot)
      index?.insert(position: last, slot: slot)
    }
  }

  mutating func remove(_ key: CloneValue) -> CloneValue? {
    guard let position = position(of: key) else { return nil }
    let value = value(at: position)
    flat.removeSubrange((position * stride)..<((position + 1) * stride))
    reindexIfLarge()
    return value
  }

  mutating func surrender(to pending: inout ContiguousArray<CloneValue>) {
    flat.surrenderContainers(to: &pending)
    index = nil
  }
}
