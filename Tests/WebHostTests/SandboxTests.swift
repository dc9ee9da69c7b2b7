import Testing

@testable import MartletWebHost

@Suite struct SandboxTests {
  @Test(arguments: [
    ("Name:\tx\nNSpid:\t12\nNSsid:\t1\n", 1), ("Name:\tx\nNSpid:\t12\t2\nNSsid:\t1\t1\n", 2),
    ("NSpid:\t\n", 0),
  ])
  func `A process has a number in each namespace around it`(_ status: String, _ count: Int) {
    #expect(Sandbox.namespaces(inStatus: status) == count)
  }

  @Test func `A process that is not there is in no sandbox that anybody knows of`() {
    #expect(Sandbox.namespaces(inStatus: "") == nil)
    #expect(Sandbox.holds(-1) == nil)
    #expect(Sandbox.holds(.max) == nil)
  }

  @Test func `A process without a number here is beyond a sandbox's wall, and this one's own is not`() {
    #expect(Sandbox.holds(0) == true)
    #expect(Sandbox.holds(1) != true)
  }
}
