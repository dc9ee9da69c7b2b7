import MartletIPC
import MartletClone
import Testing

@Suite("The answer to sendSync")
@MainActor
struct SyncReplyTests {
  /// The answers that reached the renderer.
  @MainActor
  private final class Renderer {
    var answers: [EncodedEnvelope] = []

    func call() -> SyncReply { SyncReply(collector: CycleCollector()) { self.answers.append($0) } }

    var onlyAnswer: (isSuccess: Bool, value: CloneValue)? {
      guard answers.count == 1, let answer = try? reply(in: answers[0]) else { return nil }
      return (answer.isSuccess, answer.value)
    }
  }

  private let renderer = Renderer()

  @Test
  func `The answer to sendSync is the first one that a listener gives (S-38)`() throws {
    let call = renderer.call()
    #expect(!call.isAnswered)
    call.succeed("first")
    #expect(call.isAnswered)
    call.succeed("second")
    call.fail("too late")
    let answer = try #require(renderer.onlyAnswer)
    #expect(answer.isSuccess)
    #expect(answer.value.description == "'first'")
  }

  @Test(arguments: ["null", "undefined", "false", "0", "''"])
  func `The answer to sendSync may be null, undefined or false (S-38)`(_ text: String) throws {
    let values: [String: CloneValue] = [
      "null": .null, "undefined": .undefined, "false": false, "0": 0, "''": "",
    ]
    let call = renderer.call()
    call.succeed(try #require(values[text]))
    call.succeed("second")
    let answer = try #require(renderer.onlyAnswer)
    #expect(answer.isSuccess)
    #expect(answer.value.description == text)
  }

  @Test
  func `The answer to sendSync is an error with the text that it failed with, and stays one`() throws {
    let call = renderer.call()
    call.fail("no such file")
    call.succeed(1)
    let answer = try #require(renderer.onlyAnswer)
    #expect(!answer.isSuccess)
    #expect(answer.value["detail"].description == "'no such file'")
  }

  @Test
  func `The answer to sendSync is an error when the value cannot be cloned (S-33)`() throws {
    let call = renderer.call()
    call.succeed(uncloneable())
    call.succeed(1)
    let answer = try #require(renderer.onlyAnswer)
    #expect(!answer.isSuccess)
    #expect(answer.value["detail"].description == "'An object could not be cloned.'")
  }

  @Test
  func `The answer to sendSync is an error when its last owner is released unanswered (S-40)`() throws {
    var owners = [renderer.call()]
    owners.append(owners[0])
    owners.removeLast()
    #expect(renderer.answers.isEmpty)
    owners.removeLast()
    let answer = try #require(renderer.onlyAnswer)
    #expect(!answer.isSuccess)
    #expect(answer.value["detail"].description == "'reply was never sent'")
  }

  @Test
  func `The answer to sendSync may come later, while the call is kept (S-39)`() async throws {
    let call = renderer.call()
    let task = Task {
      await Task.yield()
      call.succeed(42)
    }
    #expect(renderer.answers.isEmpty)
    await task.value
    #expect(try #require(renderer.onlyAnswer).value.description == "42")
  }

  @Test
  func `The answer to sendSync reaches the renderer when it is released on another thread (S-40)`()
    async throws
  {
    await release(renderer.call())
    // The deinit is isolated: it runs on the main actor, which this test must yield.
    for _ in 0..<1000 where renderer.answers.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
    #expect(try #require(renderer.onlyAnswer).value["detail"].description == "'reply was never sent'")
  }

  @concurrent
  private func release(_ call: sending SyncReply) async {}
}
