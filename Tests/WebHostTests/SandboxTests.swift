import Testing

@testable import MartletWebHost

@Suite struct SandboxTests {
  @Test(arguments: [
    ("Name:\tx\nNSpid:\t12\nNSsid:\t1\n", 1), ("Name:\tx\nNSpid:\t12\t2\nNSsid:\t1\t1\n", 2),
    ("NSpid:\t\n", 0),
  ])
  func `A process has one id in each process namespace around it`(_ status: String, _ count: Int) {
    #expect(Sandbox.namespaces(inStatus: status) == count)
  }

  @Test func `The sandbox of a process that does not exist is unknown`() {
    #expect(Sandbox.namespaces(inStatus: "") == nil)
    #expect(Sandbox.holds(-1) == nil)
    #expect(Sandbox.holds(.max) == nil)
  }

  @Test func `A process without an id in this namespace is in a sandbox, and process 1 is not`() {
    #expect(Sandbox.holds(0) == true)
    #expect(Sandbox.holds(1) != true)
  }
}
