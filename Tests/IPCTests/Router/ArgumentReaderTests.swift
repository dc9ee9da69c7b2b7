import MartletIPC
import MartletClone
import Testing

@Suite("A handler's typed parameters")
struct ArgumentReaderTests {
  private struct Todo: Codable, CloneCodable, Equatable {
    var title: String
    var done: Bool?
  }

  private func reader(_ arguments: CloneValue...) -> ArgumentReader {
    // A slice that does not begin at index 0, like one after a channel.
    ArgumentReader((["channel"] + arguments).dropFirst())
  }

  /// The error text of reading a `T` at `index`.
  private func complaint<T: CloneDecodable>(
    _ type: T.Type, after skipped: Int = 0, in arguments: CloneValue...
  ) -> String? {
    var reader = ArgumentReader((["channel"] + arguments).dropFirst())
    do {
      for _ in 0..<skipped { _ = try reader.next(CloneValue.self) }
      _ = try reader.next(type)
      return nil
    } catch {
      return error.message
    }
  }

  @Test
  func `A handler's typed parameters are taken from the arguments in order`() throws {
    var reader = reader(1, "two", [3, 4], true, ["title": "five"])
    #expect(try reader.next(Int.self) == 1)
    #expect(try reader.next(String.self) == "two")
    #expect(try reader.next([Double].self) == [3, 4])
    #expect(try reader.next() as Bool)
    #expect(try reader.next(Todo.self) == Todo(title: "five", done: nil))
  }

  @Test
  func `A handler's typed parameters read a missing argument as undefined, or nil for an optional`() throws {
    var reader = reader(1)
    #expect(try reader.next(Int?.self) == 1)
    #expect(try reader.next(Int?.self) == nil)
    #expect(try reader.next(CloneValue.self).description == "undefined")
    #expect(complaint(Int.self, after: 1, in: 1) == "argument 1: expected Int, got undefined")
  }

  @Test
  func `A handler's typed parameters are nil for an argument that is undefined or null`() throws {
    var reader = reader(.undefined, .null, "x")
    #expect(try reader.next(String?.self) == nil)
    #expect(try reader.next(String?.self) == nil)
    #expect(try reader.next(String?.self) == "x")
  }

  @Test
  func `A handler's typed parameters name the wrong argument, the expected type and the value`() {
    #expect(complaint(Int.self, in: "abc") == "argument 0: expected Int, got string 'abc'")
    #expect(complaint(Int.self, after: 1, in: 1, 2.5) == "argument 1: expected Int, got number 2.5")
    #expect(complaint(String.self, in: 3) == "argument 0: expected String, got number 3")
    #expect(complaint(UInt8.self, in: 300) == "argument 0: expected UInt8, got number 300")
    #expect(complaint(Bool.self, in: .null) == "argument 0: expected Bool, got null")
    #expect(complaint(Int?.self, in: "1") == "argument 0: expected Int, got string '1'")
    #expect(complaint([Int].self, in: 1) == "argument 0: expected array, got number 1")
    #expect(complaint(Todo.self, in: "x") == "argument 0: expected object, got string 'x'")
    #expect(complaint(Colour.self) == "argument 0: expected Colour, got undefined")
    #expect(complaint(Colour.self, in: "blue") == "argument 0: expected Colour, got string 'blue'")
    #expect(
      complaint([Paint].self, in: [["colour": "red"], [:]])
        == "argument 0, at [1].colour: expected Colour, got undefined")
  }

  @Test
  func `A handler's typed parameters name the place of a mismatch, in JavaScript's form`() {
    #expect(complaint([Int].self, in: [1, "x"]) == "argument 0, at [1]: expected Int, got string 'x'")
    #expect(complaint(Todo.self, in: ["title": 3]) == "argument 0, at title: expected String, got number 3")
    #expect(
      complaint([String: [Todo]].self, in: ["todos": [["title": "a"], ["title": .null]]])
        == "argument 0, at todos[1].title: expected String, got null")
  }

  @Test
  func `A handler's typed parameters cut a long value in their error`() throws {
    let text = try #require(
      complaint(Int.self, in: .string(CloneString(String(repeating: "x", count: 100_000)))))
    #expect(text == "argument 0: expected Int, got string '\(String(repeating: "x", count: 40))…'")
  }

  @Test
  func `A handler's typed parameters cause a TypeError in the renderer when one is wrong (S-30)`() {
    var reader = reader("abc")
    do {
      _ = try reader.next(Int.self)
      Issue.record("a string was taken for an Int")
    } catch {
      #expect(error.index == 0)
      let failure = IpcFailure(error)
      #expect(failure.detail == "TypeError: argument 0: expected Int, got string 'abc'")
      #expect(failure.name == "TypeError")
    }
  }

  @Test
  func `A handler's typed parameters after a wrong one are read from the next argument`() throws {
    var reader = reader("abc", 2)
    #expect(throws: ArgumentError.self) { try reader.next(Int.self) }
    #expect(try reader.next(Int.self) == 2)
  }

  @Test
  func `Arguments beyond a handler's typed parameters are ignored`() throws {
    var reader = reader(1, 2, 3)
    #expect(try reader.next(Int.self) == 1)
  }
}

private enum Colour: String, Codable, CloneCodable { case red }

private struct Paint: Codable, CloneCodable { var colour: Colour }
