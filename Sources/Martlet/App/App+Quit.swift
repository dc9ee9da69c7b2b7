// How an app ends: politely, window by window, or at once.

/// How far the end of an app is.
enum Quitting {
  case no
  /// The listeners of `before-quit` are being heard.
  case asking
  case closingWindows
  /// The windows are being destroyed, unasked.
  case exiting
  case done
}

extension App {
  /// Ends the app the polite way: `before-quit`, then every window's `close`, then `will-quit` and `quit`.
  /// Any of them, and any page's `beforeunload`, can call it off. While the app is ending already nothing
  /// happens.
  public func quit() {
    guard quitting == .no else { return }
    quitting = .asking
    let isWanted = allows(.beforeQuit, QuitRequest())
    // A listener may have called `exit`.
    guard quitting == .asking else { return }
    quitting = isWanted ? .closingWindows : .no
    guard isWanted else { return }
    if BrowserWindow.all.isEmpty { finishQuit() } else { BrowserWindow.all.forEach { $0.close() } }
  }

  /// Ends the process now, with this status: no window is asked, and of the app's events only `quit` comes.
  /// Each window is `closed`.
  public func exit(_ status: Int32 = 0) {
    guard quitting != .exiting, quitting != .done else { return }
    quitting = .exiting
    BrowserWindow.all.forEach { $0.destroyWithoutNotice() }
    end(status)
  }

  /// A window, or its page, has refused to close.
  func windowRefusedToClose() {
    if quitting == .closingWindows { quitting = .no }
  }

  /// A window has closed.
  func windowDidClose() {
    guard BrowserWindow.all.isEmpty else { return }
    switch quitting {
    case .closingWindows:
      finishQuit()
    case .no:
      if hasListeners(.windowAllClosed) {
        emit(.windowAllClosed)
      } else {
        quit()
      }
    case .asking, .exiting, .done:
      break
    }
  }

  private func finishQuit() {
    let isWanted = allows(.willQuit, QuitRequest())
    // A listener may have called `exit`.
    guard quitting == .closingWindows else { return }
    if isWanted { end(0) } else { quitting = .no }
  }

  private func end(_ status: Int32) {
    quitting = .done
    emit(.quit, Quit(exitCode: status))
    ended(status)
  }
}
