// An app's errors, as the compiler sees them.

import Glibc
import Testing

struct IpcErrorTests {
  /// The compiler's messages for an app's error with this `code`. Empty when it compiles.
  private func messages(forCode declaration: String) throws -> String {
    // The modules of this build are beside the program.
    let program = try #require(realpath("/proc/self/exe", nil))
    defer { free(program) }
    let folder = String(cString: program).split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let build = folder.joined(separator: "/")
    let compiler = try #require(
      popen(
        #"""
        swiftc -typecheck -swift-version 6 -I '\#(build)/Modules' \
          -Xcc -fmodule-map-file='\#(build)/CMartletWire.build/module.modulemap' - 2>&1 <<'END'
        import MartletClone
        import MartletIPC
        struct Failure: IpcError {
          let message = "no such file"
          \#(declaration)
        }
        END
        """#, "r"))
    var output: [UInt8] = []
    while case let byte = getc(compiler), byte != EOF { output.append(UInt8(byte)) }
    let status = pclose(compiler)
    let text = String(decoding: output, as: UTF8.self)
    try #require((status == 0) == text.isEmpty, "\(status): \(text)")
    return text
  }

  @Test
  func `S-30 The compiler accepts an app's error whose code is an ErrorCode`() throws {
    #expect(try messages(forCode: #"let code: ErrorCode = "ENOENT""#) == "")
  }

  @Test(arguments: ["String?", "String", "Int?"])
  func `S-30 The compiler refuses a code of another type, which no renderer would get`(type: String) throws {
    let text = try messages(forCode: "let code: \(type)")
    #expect(text.contains("type 'Failure' does not conform to protocol 'IpcError'"))
    #expect(text.contains("candidate has non-matching type '\(type)'"))
  }
}
