import MartletGLib
import Testing

@Suite struct LanguagesTests {
  @Test(arguments: [
    (["C"], ["en-US"]), (["POSIX"], ["en-US"]), (["C.UTF-8", "C"], ["en-US"]), ([], ["en-US"]),
    (["de_DE.UTF-8", "de_DE", "de.UTF-8", "de", "C"], ["de-DE", "de"]),
    (["de", "fr", "C"], ["de", "fr"]), (["pt_BR", "pt", "es_419", "C"], ["pt-BR", "pt", "es-419"]),
    // A locale says more than a language, or other things.
    (["sr_RS@latin", "C"], ["sr-Latn-RS"]), (["ca_ES@valencia", "de_AT@euro", "C"], ["ca-ES", "de-AT"]),
    // One that the user put there, before another.
    (["C", "de", "C"], ["en-US", "de"]),
    // No locale's name, and no language to `Intl`.
    (["x", "", "../etc", "12_DE", "de_", "fr_F!", "C"], ["de", "fr"]), (["?"], ["en-US"]),
  ])
  func `A locale becomes the tag of a language`(_ names: [String], _ tags: [String]) {
    #expect(Languages.tags(ofLocales: names) == tags)
  }
}
