// Runs a command-line tool of the package under test to its end.

/// Output and exit status of a tool.
public struct ToolRun {
  /// The exit status.
  public let status: Int32
  /// Its standard output and standard error.
  public let output: String

  /// Runs a tool.
  ///
  /// - Parameters:
  ///   - executable: A path, or the name of an executable of the package under test.
  ///   - arguments: The arguments after the program's name.
  ///   - deadline: The end of the wait for its exit.
  public init(_ executable: String, _ arguments: String..., by deadline: Deadline = .usual) throws {
    let desktop = try Desktop.shared()
    let file = desktop.folder + "/tool-run.out"
    let process = try ChildProcess(
      [AppUnderTest.path(of: executable)] + arguments, environment: desktop.environment, output: file)
    status = try process.wait(by: deadline)
    output = readFile(file)
  }
}
