// Log lines that a page and its process can cause, limited in length and rate.

internal import CMartletWebKit
internal import MartletGLib

/// Writes log lines caused by the pages of one view. Some kinds are written once per page, the others at a
/// limited rate. Further lines are counted, and the count is logged when the page ends.
package final class PageLog {
  /// The topics of lines. The raw value is the text of their count.
  package enum Kind: String, CaseIterable {
    case refusedNavigation = "refused navigations"
    case longDialog = "dialogs that were not shown"
    case longRequest = "synchronous requests that were too long"
    case noBridge = "documents without a bridge"
    case noAnswer = "pages without a renderer extension"
    case stranger = "messages of untrusted documents"
    case malformed = "messages without a channel, or of an unknown kind"
    case unanswered = "refused calls: too many were pending"
    case unheard = "calls of sendSync without listeners"
    case preloadError = "errors of the preload"
    case dropped = "renderers that were dropped"
    case skippedListener = "listeners that were skipped"
    case failedHandler = "handlers that failed"
    case unsent = "messages that were not sent"
    case missingResource = "resources that could not be loaded"
    case port = "message ports that were closed or delayed"
    case gone = "web processes that are gone"

    /// Whether one line per page is enough. Lines of the other kinds name something of the app's, different
    /// each time.
    fileprivate var isOncePerPage: Bool {
      switch self {
      case .refusedNavigation, .longDialog, .longRequest, .noBridge, .noAnswer, .stranger, .malformed,
        .unheard:
        true
      default: false
      }
    }
  }

  /// The maximum length of a logged address, in bytes.
  package static let addressLimit = 500

  /// The burst limit of a kind, in lines; one more is granted per second.
  static let burst = 30

  private struct Account {
    var granted = PageLog.burst
    /// The time of the last update, in seconds.
    var time: Int64
    var isSaid = false
    var leftOut = 0
  }

  /// The page's name, such as `WebContents #1`.
  let page: String
  private var accounts: [Kind: Account] = [:]
  private let now: () -> Int64
  private let put: (String, String) -> Void

  /// For lines that belong to no page.
  package static let shared = PageLog()

  /// - Parameters:
  /// - page: The page's name.
  /// - now: The time in seconds.
  /// - put: Writes a line for a GLib log domain.
  init(
    of page: String = "",
    now: @escaping () -> Int64 = { Int64(g_get_monotonic_time() / 1_000_000) },
    put: @escaping (String, String) -> Void = { Log.warning($0, domain: $1) }
  ) {
    self.page = page
    self.now = now
    self.put = put
  }

  /// Writes the beginning of `line`, as one line, or counts it. The closure only runs if its line is written.
  package func write(_ kind: Kind, domain: String = "Martlet", _ line: () -> String) {
    var account = account(kind)
    defer { accounts[kind] = account }
    guard account.granted > 0, !(account.isSaid && kind.isOncePerPage) else {
      account.leftOut += 1
      return
    }
    account.granted -= 1
    account.isSaid = true
    if !kind.isOncePerPage { tell(&account, kind) }
    put(line().asLogLine(), domain)
  }

  /// The page ends: logs how many lines were left out, and borrows as many lines from the allowance for that.
  /// Counts of a kind without allowance are logged with the next page's.
  func endPage() {
    for kind in Kind.allCases where accounts[kind] != nil {
      var account = account(kind)
      if account.granted > -Self.burst, account.leftOut > 0 {
        account.granted -= 1
        tell(&account, kind)
      }
      account.isSaid = false
      accounts[kind] = account
    }
  }

  private func account(_ kind: Kind) -> Account {
    let now = now()
    guard var account = accounts[kind] else { return Account(time: now) }
    account.granted = min(
      Self.burst, account.granted + Int(max(0, min(now - account.time, Int64(Self.burst)))))
    account.time = now
    return account
  }

  private func tell(_ account: inout Account, _ kind: Kind) {
    guard account.leftOut > 0 else { return }
    put("\(account.leftOut) more \(kind.rawValue)", "Martlet")
    account.leftOut = 0
  }
}
