import MartletGLib
import Testing

@Suite struct LanguagesTests {
  @Test(arguments: [
    (["C"], ["en-US"]), (["POSIX"], ["en-US"]), (["C.UTF-8", "C"], ["en-US"]), ([], ["en-US"]),
    (["de_DE.UTF-8", "de_DE", "de.UTF-8", "de", "C"], ["de-DE", "de"]),
    (["de", "fr", "C"], ["de", "fr"]), (["pt_BR", "pt", "es_419", "C"], ["pt-BR", "pt", "es-419"]),
    // A locale contains more than a language, or other information.
    (["sr_RS@latin", "C"], ["sr-Latn-RS"]), (["ca_ES@valencia", "de_AT@euro", "C"], ["ca-ES", "de-AT"]),
    // An entry that the user put before another one.
    (["C", "de", "C"], ["en-US", "de"]),
    // Neither a locale name nor a language that `Intl` accepts.
    (["x", "", "../etc", "12_DE", "de_", "fr_F!", "C"], ["de", "fr"]), (["?"], ["en-US"]),
  ])
  func `Locale names become language tags`(_ names: [String], _ tags: [String]) {
    #expect(Languages.tags(ofLocales: names) == tags)
  }
}
