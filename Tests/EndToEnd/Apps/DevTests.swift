// `./dev` with mistyped arguments. The other tests are run by its other commands.

import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct DevTests {
    @Test(arguments: [
      (["run", "nowhere"], "unknown example 'nowhere'; choose one of: "),
      (["run", "../bridge"], "unknown example '../bridge'; choose one of: "),
      (["run", "set-title", "open-file"], "run takes one example, not 'set-title' and 'open-file'"),
      (["run", "--picture"], "unknown option of run: '--picture'"),
      (["run", "--screenshot"], "--screenshot needs a file name"), (["walk"], "unknown command 'walk'"),
      (["test", "--off"], "unknown option of test: '--off'"),
      (["test", "--on", "sarge"], "test --on needs the name of a Debian, not 'sarge'; there are: "),
      (["test", "--on"], "test --on needs the name of a Debian, not ''; there are: "),
    ])
    func `A command that makes no sense is refused, with the reason`(_ words: [String], _ reason: String)
      throws
    {
      let run = try ToolRun("/bin/sh", "-c", "\"$0\" \(words.joined(separator: " "))", Checkout.path + "/dev")
      #expect(run.status == 1)
      #expect(run.output.hasPrefix("dev: \(reason)"), "\(run.output)")
    }
  }
}
