// The folder of the sources, in which the tests find what they read.

enum Checkout {
  static let path = #filePath.replacing("/Tests/EndToEnd/Support/Checkout.swift", with: "")
  static let tests = path + "/Tests"
}
