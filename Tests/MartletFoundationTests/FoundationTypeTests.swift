// Foundation's types cross as what they are in JavaScript.

import Foundation
import MartletClone
import MartletFoundation
import Testing

@Suite("Foundation's types")
struct FoundationTypeTests {
  private struct Record: Codable, CloneCodable, Equatable {
    var date: Date
    var data: Data
    var url: URL
    var uuid: UUID
    var dates: [Date]
    var byName: [String: Date]
    var maybe: Date?
  }

  private let record = Record(
    date: Date(timeIntervalSince1970: 1.5), data: Data([1, 2, 255]),
    url: URL(string: "https://example.org/a?b#c")!,
    uuid: UUID(uuidString: "6BA7B810-9DAD-11D1-80B4-00C04FD430C8")!, dates: [Date(timeIntervalSince1970: 0)],
    byName: ["epoch": Date(timeIntervalSince1970: 0)], maybe: nil)

  @Test
  func `Foundation's types in a Codable type arrive as they were`() throws {
    let value = try record.cloneValue()
    #expect(try Record.decode(from: value) == record)
    #expect(try Record.decode(from: CloneCodec.decode(CloneCodec.encode(value))) == record)
  }

  @Test
  func `Foundation's types are a Date, a Uint8Array and two strings in JavaScript`() throws {
    let value = try record.cloneValue()
    let date = try CloneDate.decode(from: value["date"])
    #expect(date.millisecondsSinceEpoch == 1500)
    let bytes = try CloneArrayBufferView.decode(from: value["data"])
    #expect(bytes.kind == .uint8 && bytes.count == 3)
    #expect(try String.decode(from: value["url"]) == "https://example.org/a?b#c")
    #expect(try String.decode(from: value["uuid"]) == "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
    #expect(try CloneDate.decode(from: value["dates"][0]).millisecondsSinceEpoch == 0)
  }

  @Test
  func `Foundation's types cross by themselves, in arrays and in optionals`() throws {
    #expect(try [Date?].decode(from: [.date(CloneDate(millisecondsSinceEpoch: 0)), .null]).count == 2)
    #expect(try Data.decode(from: [1, 2]) == Data([1, 2]))
    #expect(try UUID.decode(from: "6ba7b810-9dad-11d1-80b4-00c04fd430c8") == record.uuid)
  }

  @Test
  func `Foundation's types refuse other values, and say where they are`() throws {
    func text(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "none"
      } catch {
        return "\(error)"
      }
    }
    #expect(text { _ = try Date.decode(from: 0) } == "expected Date, got number 0")
    #expect(text { _ = try Date.decode(from: .date(CloneDate(millisecondsSinceEpoch: .nan))) } != "none")
    #expect(text { _ = try UUID.decode(from: "6ba7") } == "expected UUID, got string '6ba7'")
    #expect(text { _ = try URL.decode(from: "") } == "expected URL, got string ''")
    let object = CloneObject([("name", "x"), ("when", 0)])
    #expect(text { _ = try Entry.decode(from: .object(object)) } == "when: expected Date, got number 0")
    #expect(text { _ = try Date.distantFuture.addingTimeInterval(1e15).cloneValue() } != "none")
  }

  private struct Entry: Codable, CloneCodable {
    var name: String
    var when: Date
  }
}
