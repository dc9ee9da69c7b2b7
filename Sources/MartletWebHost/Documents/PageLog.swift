// What a page and its process can cause to be logged, bounded in length and in rate.

internal import CMartletWebKit
internal import MartletGLib

/// Writes to the app's log what one view's pages cause. Of each kind a page has one line, or as many as an
/// allowance grants; the others are counted, and told of when the page ends.
package final class PageLog {
  /// What lines are about. The text is how a count of them is told.
  package enum Kind: String, CaseIterable {
    case refusedNavigation = "refused navigations"
    case longDialog = "dialogs that were not shown"
    case longRequest = "synchronous requests that were too long"
    case noBridge = "documents without a bridge"
    case noAnswer = "pages without a renderer extension"
    case stranger = "messages of what is no page of the app"
    case malformed = "messages without a channel, or of an unknown kind"
    case unanswered = "calls that were refused, for too many wait for their answers"
    case unheard = "calls of sendSync without listeners"
    case preloadError = "errors of the preload"
    case dropped = "renderers that were dropped"
    case skippedListener = "listeners that were skipped"
    case failedHandler = "handlers that failed"
    case unsent = "messages that were not sent"
    case missingResource = "resources that could not be had"
    case port = "message ports that were closed, or go on late"
    case gone = "web processes that are gone"

    /// Whether one line for each page says it all. The others name something of the app's own each time.
    fileprivate var isOncePerPage: Bool {
      switch self {
      case .refusedNavigation, .longDialog, .longRequest, .noBridge, .noAnswer, .stranger, .malformed,
        .unheard:
        true
      default: false
      }
    }
  }

  /// How much of an address is shown, in bytes.
  package static let addressLimit = 500

  /// So many lines of a kind may follow each other; one more is granted in each second.
  static let burst = 30

  private struct Account {
    var granted = PageLog.burst
    /// When that was so, in seconds.
    var time: Int64
    var isSaid = false
    var leftOut = 0
  }

  /// Names the page, as `WebContents #1` does.
  let page: String
  private var accounts: [Kind: Account] = [:]
  private let now: () -> Int64
  private let put: (String, String) -> Void

  /// For what belongs to no page.
  package static let shared = PageLog()

  /// - Parameters:
  ///   - page: Names the page.
  ///   - now: The time in seconds.
  ///   - put: Writes a line for a domain of GLib's log.
  init(
    of page: String = "",
    now: @escaping () -> Int64 = { Int64(g_get_monotonic_time() / 1_000_000) },
    put: @escaping (String, String) -> Void = { Log.warning($0, domain: $1) }
  ) {
    self.page = page
    self.now = now
    self.put = put
  }

  /// Writes the beginning of `line`, on one line, or counts it. It is not made where it is not written.
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

  /// The page ends: tells how many lines were left out, for which as many again are granted in advance. What
  /// has none left is told with the next page's.
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
