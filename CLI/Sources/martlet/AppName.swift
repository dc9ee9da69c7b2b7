// Checks the name of an app, which becomes a Swift module, a type and a file name.

enum AppName {
  /// The problem with a name; nil if it is valid.
  static func problem(with name: String) -> String? {
    guard name.first?.isLetter == true, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
      return "'\(name)' is not an app name: use letters and digits, such as Hello."
    }
    if inUse.contains(name) { return "'\(name)' is reserved, the app's source uses it: choose another name." }
    return nil
  }

  /// Reserved: modules and types that the templates use, and Swift keywords.
  private static let inUse = Set(
    """
    App AppUnderTest BrowserWindow Martlet MartletRenderer MartletTesting Menu PackageDescription Testing
    WebProcess
    Bool Double Int Never String Swift Void
    Any Protocol Self Type as associatedtype break case catch class continue default defer deinit do else enum
    extension fallthrough false fileprivate for func guard if import in init inout internal is let main nil
    operator precedencegroup private protocol public repeat rethrows return self static struct subscript super
    switch throw throws true try typealias var where while
    """.split(whereSeparator: \.isWhitespace).map(String.init))
}
