import MartletIPC
import MartletClone
import Testing

@Suite("A reply to invoke")
@MainActor
struct IpcReplyTests {
  @Test
  func `A reply to invoke carries the value and the number of the call (S-29)`() throws {
    let answer = try reply(in: IpcReply.success(call: 7, ["sum": 3]))
    #expect(answer.call == 7)
    #expect(answer.isSuccess)
    #expect(answer.value.description == "{ sum: 3 }")
  }

  @Test
  func `A reply to invoke carries undefined when the handler returns nothing (S-29)`() throws {
    let answer = try reply(in: IpcReply.success(call: 7, .undefined))
    #expect(answer.isSuccess)
    #expect(answer.value.description == "undefined")
  }

  @Test
  func `A reply to invoke is a failure when the value cannot be cloned (S-33)`() throws {
    let answer = try reply(in: IpcReply.success(call: 7, uncloneable()))
    #expect(answer.call == 7)
    #expect(!answer.isSuccess)
    #expect(
      answer.value.description
        == "{ detail: 'Error: An object could not be cloned.', name: 'Error', code: 'ERR_CLONE_TOO_DEEP' }")
  }

  @Test
  func `A reply to invoke that fails carries the detail alone when there is no more (S-30)`() throws {
    let answer = try reply(in: IpcReply.failure(call: 7, IpcFailure(detail: "Error: some error")))
    #expect(answer.call == 7)
    #expect(!answer.isSuccess)
    #expect(answer.value.description == "{ detail: 'Error: some error' }")
  }

  @Test
  func `A reply to invoke that fails carries name, code and data where there are any`() throws {
    let failure = IpcFailure(detail: "d", name: "NotFound", code: "ENOENT", data: ["path": "/x"])
    let answer = try reply(in: IpcReply.failure(call: 7, failure))
    #expect(
      answer.value.description == "{ detail: 'd', name: 'NotFound', code: 'ENOENT', data: { path: '/x' } }")
  }

  @Test
  func `A reply to invoke that fails arrives without its data when that cannot be cloned`() throws {
    let failure = IpcFailure(detail: "d", name: "NotFound", code: "ENOENT", data: uncloneable())
    let answer = try reply(in: IpcReply.failure(call: 7, failure))
    #expect(!answer.isSuccess)
    #expect(answer.value.description == "{ detail: 'd', name: 'NotFound', code: 'ENOENT' }")
  }
}

@Suite("The text of a failure")
@MainActor
struct IpcFailureTests {
  private struct Plain: Error, CustomStringConvertible {
    let description: String
  }

  private enum Bare: Error { case missing(String) }

  private struct Rich: IpcError {
    var name = "Error"
    var message = "no such file"
    var code: ErrorCode = .none
    var path: String?
    // Errors are Sendable and CloneValue is not, so an error stores the parts of its data.
    var data: CloneValue? { path.map { ["path": .string(CloneString($0))] } }
  }

  private struct MessageOnly: IpcError {
    let message = "no such file"
    let code = ErrorCode.none
  }

  @Test
  func `The text of a failure is the error's own text as JavaScript would give it (S-30)`() {
    #expect(IpcFailure(Plain(description: "some error")).detail == "Error: some error")
    #expect(IpcFailure(Bare.missing("x")).detail == #"Error: missing("x")"#)
  }

  @Test
  func `A failure has no name, code or data unless its error is an IpcError (S-30)`() {
    let failure = IpcFailure(Plain(description: "some error"))
    #expect(failure.name == nil)
    #expect(failure.code == nil)
    #expect(failure.data == nil)
  }

  @Test
  func `The text of a failure names the channel that has no handler (S-31)`() {
    #expect(IpcFailure.noHandler(for: "it's").detail == "Error: No handler registered for 'it's'")
    #expect(IpcFailure.noHandler(for: "").detail == "Error: No handler registered for ''")
  }

  @Test
  func `The text of an unanswered call is Electron's, with no 'Error:' before it (S-32)`() {
    #expect(IpcFailure.neverSent.detail == "reply was never sent")
  }

  @Test
  func `The text of a clone error leaves out the developer's reason (S-33)`() {
    #expect(
      IpcFailure(CloneError.notCloneable("a closure")).detail == "Error: An object could not be cloned.")
  }

  @Test
  func `The text of a failure leaves out empty parts, as String(error) does (S-34)`() {
    #expect(IpcFailure(Plain(description: "")).detail == "Error")
    #expect(IpcFailure(Rich(name: "NotFound", message: "")).detail == "NotFound")
    #expect(IpcFailure(Rich(name: "", message: "no such file")).detail == "no such file")
    #expect(IpcFailure(Rich(name: "", message: "")).detail == "")
  }

  @Test
  func `The failure of an IpcError has its name, code and data`() {
    let failure = IpcFailure(Rich(name: "NotFound", code: "ENOENT", path: "/x"))
    #expect(failure.detail == "NotFound: no such file")
    #expect(failure.name == "NotFound")
    #expect(failure.code == "ENOENT")
    #expect(failure.data?.description == "{ path: '/x' }")
  }

  @Test
  func `The failure of an IpcError with only a message is that of a plain Error`() {
    let failure = IpcFailure(MessageOnly())
    #expect(failure.detail == "Error: no such file")
    #expect(failure.name == "Error")
    #expect(failure.code == nil)
    #expect(failure.data == nil)
  }
}
