import Glibc
import MartletClone
import Testing

/// Runs `body` on a thread with 512 KiB of stack, as dispatch threads have on other systems, and waits for
/// it.
func onSmallStack(_ body: @escaping @Sendable () -> Void) {
  final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, 512 << 10)
  var thread = pthread_t()
  let work = Unmanaged.passRetained(Work(body))
  let status = pthread_create(
    &thread, &attributes,
    { argument in
      Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }, work.toOpaque())
  #expect(status == 0)
  pthread_join(thread, nil)
  pthread_attr_destroy(&attributes)
}

@Suite("Threads with a small stack")
struct SmallStackTests {
  @Test
  func `The deepest values are written, read, compared, printed and freed on 512 KiB of stack`() {
    onSmallStack {
      let value = nested(CloneCodec.maximumDepth, around: ["a": 1])
      #expect((try? CloneCodec.encode(value)) == nil)
      let fitting = nested(CloneCodec.maximumDepth - 1, around: ["a": 1])
      guard let bytes = try? CloneCodec.encode(fitting), let back = try? CloneCodec.decode(bytes) else {
        Issue.record("not encoded or not decoded")
        return
      }
      #expect(back.isEquivalent(to: fitting))
      #expect(!back.description.isEmpty)
    }
  }

  @Test
  func `A recursive Codable type is read to its limit on 512 KiB of stack`() {
    onSmallStack {
      var value: CloneValue = ["children": []]
      for _ in 0..<9000 { value = ["children": [value]] }
      #expect((try? Tree.decode(from: value)) == nil)
      #expect((try? [Tree?].decode(from: [value])) == nil)
    }
  }
}
