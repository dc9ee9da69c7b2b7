// Events of the page's web view: title, console, sandbox and end.

package import CMartletWebKit
internal import MartletGLib
package import MartletWebHost

extension WebContents: PageHostDelegate {
  package func pageHost(_ host: PageHost, titleDidChange title: String) {
    guard !title.isEmpty else { return }
    owner?.contents(self, titleDidChange: title)
    emit(.pageTitleUpdated, PageTitleUpdated(title: title))
  }

  package func pageHost(_ host: PageHost, didLog message: ConsoleMessage) {
    if message.isOfNetwork {
      host.log.write(.missingResource, domain: "Page") {
        "\(message.text.cut(to: 500)) (\(message.source.cut(to: PageLog.addressLimit)))"
      }
    }
    emit(.consoleMessage, message)
  }

  package func pageHostDidClose(_ host: PageHost) { owner?.contentsDidClose(self) }

  package func pageHostDidRefuseToClose(_ host: PageHost) { owner?.contentsDidRefuseToClose(self) }

  package func pageHostHasNoSandbox(_ host: PageHost) {
    App.current?.emit(.sandboxMissing, self)
  }

  package func pageHost(_ host: PageHost, processDidEnd reason: WebKitWebProcessTerminationReason) {
    let reason: RenderProcessGone.Reason =
      switch reason {
      case WEBKIT_WEB_PROCESS_CRASHED: .crashed
      case WEBKIT_WEB_PROCESS_EXCEEDED_MEMORY_LIMIT: .oom
      default: .killed
      }
    report(.gone, "the web process is gone: \(reason)")
    emit(.renderProcessGone, RenderProcessGone(reason: reason))
  }
}
