/// A stack that begins in memory the caller lends, and moves to the heap only when it outgrows that.
///
/// Reading a small message thus allocates only the memory of its values. Values of open containers are kept
/// on such a stack; a finished container takes its values off in one move, into storage of the right size.
struct ReusedStack<Element>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0
  private var isBorrowed = true

  /// Makes an empty stack in `memory`, which must outlive it.
  init(in memory: UnsafeMutableBufferPointer<Element>) {
    base = memory.baseAddress!
    capacity = memory.count
  }

  deinit {
    base.deinitialize(count: count)
    if !isBorrowed { base.deallocate() }
  }

  @inline(__always)
  mutating func push(_ value: consuming Element) {
    if count == capacity { grow() }
    (base + count).initialize(to: value)
    count += 1
  }

  /// Moves all elements from index `start` on off the stack.
  @inline(__always)
  mutating func take(from start: Int) -> ContiguousArray<Element> {
    let size = count - start
    if size == 0 { return [] }
    let source = base + start
    count = start
    return ContiguousArray(unsafeUninitializedCapacity: size) { target, initialized in
      target.baseAddress!.moveInitialize(from: source, count: size)
      initialized = size
    }
  }

  /// The element at `index`, which must be below the count.
  @inline(__always)
  subscript(index: Int) -> Element {
    precondition(index < count)
    return base[index]
  }

  mutating func pop() -> Element? {
    guard count > 0 else { return nil }
    count -= 1
    return (base + count).move()
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    if !isBorrowed { base.deallocate() }
    base = larger
    capacity *= 2
    isBorrowed = false
  }
}
