extension CloneDate {
  /// The date as `toISOString()` prints it.
  var isoText: String {
    let milliseconds = Int64(millisecondsSinceEpoch)
    let day = (milliseconds - ((milliseconds % 86_400_000) + 86_400_000) % 86_400_000) / 86_400_000
    let time = milliseconds - day * 86_400_000
    // Converts days to a civil date in the proleptic Gregorian calendar, in eras of 400 years that begin in
    // March.
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number.magnitude)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let yearText = (0...9999).contains(year) ? padded(year, 4) : (year < 0 ? "-" : "+") + padded(year, 6)
    let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    return yearText + "-" + padded(month, 2) + "-" + padded(dayOfMonth, 2) + "T" + padded(time / 3_600_000, 2)
      + ":"
      + padded(time / 60_000 % 60, 2) + ":" + padded(time / 1000 % 60, 2) + "." + padded(time % 1000, 3) + "Z"
  }
}
