/// Values that have been read and do not belong to a finished container yet.
///
/// A container takes its values off in one move when it ends, into storage of just the right size. The stack
/// begins in memory the caller lends, so that reading a small message allocates only what it keeps.
struct ValueStack: ~Copyable {
  private var base: UnsafeMutablePointer<CloneValue>
  private var capacity: Int
  private(set) var count = 0
  private var isBorrowed = true

  /// Begins in `memory`, which must outlive the stack.
  init(in memory: UnsafeMutableBufferPointer<CloneValue>) {
    base = memory.baseAddress!
    capacity = memory.count
  }

  deinit {
    base.deinitialize(count: count)
    if !isBorrowed { base.deallocate() }
  }

  @inline(__always)
  mutating func push(_ value: consuming CloneValue) {
    if count == capacity { grow() }
    (base + count).initialize(to: value)
    count += 1
  }

  /// Moves all values from `start` on out of the stack.
  @inline(__always)
  mutating func take(from start: Int) -> ContiguousArray<CloneValue> {
    let size = count - start
    if size == 0 { return [] }
    let source = base + start
    count = start
    return ContiguousArray(unsafeUninitializedCapacity: size) { target, initialized in
      target.baseAddress!.moveInitialize(from: source, count: size)
      initialized = size
    }
  }

  mutating func pop() -> CloneValue? {
    guard count > 0 else { return nil }
    count -= 1
    return (base + count).move()
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<CloneValue>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    if !isBorrowed { base.deallocate() }
    base = larger
    capacity *= 2
    isBorrowed = false
  }
}
