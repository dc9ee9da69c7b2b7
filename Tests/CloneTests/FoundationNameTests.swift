import MartletClone
import Testing

/// Finds the types by name: this process links MartletFoundation, which makes Foundation's types convertible.
@Suite("Foundation's types without MartletFoundation")
struct FoundationNameTests {
  @Test(
    "are known by their names, and the error names the remedy",
    arguments: ["Foundation.Date", "FoundationEssentials.Data", "Foundation.URL", "Foundation.UUID"])
  func known(name: String) {
    let type = name.split(separator: ".")[1]
    #expect(
      FoundationType.remedy(for: name) == "import MartletFoundation to send and receive a \(type)")
  }

  @Test(
    "are not taken for an app's own",
    arguments: [
      "App.Date", "Date", "Foundation.Decimal", "App.Foundation.Date", "Swift.Array<Foundation.Date>", "",
    ])
  func unknown(name: String) {
    #expect(FoundationType.remedy(for: name) == nil)
  }
}
