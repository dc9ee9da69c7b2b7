// A document as the router sees it, and the log lines about its calls.

internal import MartletGLib
package import MartletIPC

extension RendererDocument: IpcDocument {
  package var collector: CycleCollector { .onMainLoop }

  package func report(_ problem: IpcProblem) {
    switch problem {
    case .untrusted:
      write(.stranger, "ignored messages of an untrusted document: its origin is not of the app")
    case .noChannel:
      write(.malformed, "ignored messages without a channel: the first argument is not a string")
    case .unknownKind(let kind): write(.malformed, "ignored envelopes: unknown kind \(kind)")
    case .tooManyUnanswered:
      write(.unanswered, "refused calls: too many are pending; the page must await replies")
    case .unheard(let channel):
      log.write(.unheard) {
        "\(log.page) called ipcRenderer.sendSync() with '\(channel.cut(to: 500))' channel without listeners."
      }
    case .skippedListener(let line): log.write(.skippedListener) { "\(line) \(place)" }
    case .failedHandler(let channel, let failure):
      log.write(.failedHandler) {
        "Error occurred in handler for '\(channel)': \(failure.detail.cut(to: 500)) \(place)"
      }
    }
  }

  private var place: String { "(\(log.page), \(url.cut(to: 300)))" }

  /// Writes a log line that a page could cause any number of times.
  private func write(_ kind: PageLog.Kind, _ line: @autoclosure () -> String) {
    log.write(kind) { "\(line()) (\(url.cut(to: PageLog.addressLimit)))" }
  }
}
