import Testing

@testable import MartletWebHost

@Suite struct PageLogTests {
  /// A log whose time and output the test controls.
  private final class Lines {
    var time: Int64 = 0
    var lines: [String] = []
    private(set) lazy var log = PageLog(
      now: { [unowned self] in time }, put: { [unowned self] line, _ in lines.append(line) })
  }

  @Test func `A page logs one line of each kind, and at its end the number of the others`() {
    let out = Lines()
    for index in 0..<3300 { out.log.write(.refusedNavigation) { "refused \(index)" } }
    out.log.write(.longDialog) { "not shown" }
    #expect(out.lines == ["refused 0", "not shown"])
    out.log.endPage()
    #expect(out.lines.dropFirst(2) == ["3299 more refused navigations"])
    out.log.write(.refusedNavigation) { "refused by the next page" }
    #expect(out.lines.last == "refused by the next page")
  }

  @Test func `Pages that follow each other quickly share one limit of lines`() {
    let out = Lines()
    for _ in 0..<10_000 {
      out.log.write(.refusedNavigation) { "refused" }
      out.log.write(.refusedNavigation) { "refused" }
      out.log.endPage()
    }
    #expect(out.lines.count <= 2 * PageLog.burst)
    out.lines = []
    out.time += 5
    out.log.endPage()
    // The number of omitted lines is kept.
    #expect(out.lines.count == 1 && out.lines[0].hasSuffix(" more refused navigations"), "\(out.lines)")
  }

  @Test func `Each error of a handler is logged up to a limit, and the others are counted`() {
    let out = Lines()
    for index in 0..<1000 { out.log.write(.failedHandler) { "failed \(index)" } }
    #expect(out.lines.count == PageLog.burst)
    out.lines = []
    out.time += 2
    out.log.write(.failedHandler) { "failed later" }
    #expect(out.lines == ["\(1000 - PageLog.burst) more handlers that failed", "failed later"])
  }

  @Test func `A line that is not written is not built, and a long one is cut`() {
    let out = Lines()
    var made = 0
    for _ in 0..<100 {
      out.log.write(.unheard) {
        made += 1
        return String(repeating: "x\n", count: 10_000)
      }
    }
    #expect(made == 1)
    #expect(out.lines.count == 1 && out.lines[0].utf8.count < 1100 && !out.lines[0].contains("\n"))
  }
}
