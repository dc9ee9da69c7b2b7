// `./dev` with mistyped arguments. The other tests are run by its other commands.

import MartletTesting
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct DevTests {
    @Test(arguments: [
      (["run", "nowhere"], "there is no example 'nowhere'; there are: "),
      (["run", "../bridge"], "there is no example '../bridge'; there are: "),
      (["run", "set-title", "open-file"], "run takes one example, not 'set-title' and 'open-file'"),
      (["run", "--picture"], "run has no option '--picture'"),
      (["run", "--screenshot"], "--screenshot needs a file name"), (["walk"], "there is no command 'walk'"),
      (["test", "--off"], "test has no option '--off'"),
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
