import MartletIPC
import Testing

@MainActor @Suite("An announcement and its hello")
struct RendezvousTests {
  private let heard = Heard()

  private final class Heard {
    var lines: [String] = []
  }

  private func take(_ number: UInt32, from meeting: Rendezvous<String>) {
    let heard = heard
    meeting.take(
      number, { heard.lines.append("\(number) \($0)") }, orRefuse: { heard.lines.append("\(number) refused") }
    )
  }

  @Test
  func `An announcement meets its hello once, whichever comes first`() {
    let meeting = Rendezvous<String>()
    meeting.add("early", as: 1)
    take(1, from: meeting)
    take(2, from: meeting)
    meeting.add("of nobody", as: 3)
    meeting.add("late", as: 2)
    meeting.add("again", as: 2)
    #expect(heard.lines == ["1 early", "2 late"])
  }

  @Test
  func `An announcement is refused beyond the limit, when repeated, and when no hello will come`() {
    let meeting = Rendezvous<String>(limit: 3)
    for number in [1, 2, 2, 3, 4] as [UInt32] { take(number, from: meeting) }
    #expect(heard.lines == ["2 refused", "4 refused"])
    heard.lines = []
    meeting.add("two", as: 2)
    take(4, from: meeting)
    #expect(heard.lines == ["2 two"])
    heard.lines = []
    meeting.refuseAll()
    #expect(heard.lines.sorted() == ["1 refused", "3 refused", "4 refused"])
    meeting.refuseAll()
    #expect(heard.lines.count == 3)
  }

  @Test
  func `The latest announcements are kept, up to the limit`() {
    let meeting = Rendezvous<String>(limit: 3)
    for number in 1...5 as ClosedRange<UInt32> { meeting.add("item", as: number) }
    for number in 1...5 as ClosedRange<UInt32> { take(number, from: meeting) }
    #expect(heard.lines == ["3 item", "4 item", "5 item"])
  }
}
