// Location of the command's own files: in its installation prefix, or in the checkout it was built in.

import Glibc

enum Installation {
  private static let own = Files.folder(of: Files.absolute("/proc/self/exe"))

  /// The checkout of Martlet that this command was built in; nil when it is installed.
  static let checkout: String? = {
    var folder = own
    while folder != "/" {
      if Files.exists(folder + "/CLI/Package.swift") { return folder }
      folder = Files.folder(of: folder)
    }
    return nil
  }()

  static let templates: String? = first([Files.folder(of: own) + "/share/martlet/templates"], "CLI/Templates")

  /// The program that shows a page.
  static let pageRunner: String? = first([own + "/martlet-run"], ".build/debug/martlet-run")

  /// The script that runs Electron apps; martlet.node is beside it.
  static let nodeStart: String? = first(
    [Files.folder(of: own) + "/lib/martlet/node/start.cjs"], ".build/debug/node/lib/martlet/node/start.cjs")

  /// The program Node that is installed with Martlet; nil if there is none.
  static let node: String? = {
    let node = Files.folder(of: own) + "/lib/martlet/node/node"
    return Files.exists(node) ? node : nil
  }()

  private static func first(_ installed: [String], _ inCheckout: String) -> String? {
    (installed + (checkout.map { ["\($0)/\(inCheckout)"] } ?? [])).first(where: Files.exists)
  }
}
