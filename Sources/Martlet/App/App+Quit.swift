// Quitting: `quit` asks every window first, `exit` ends at once.

/// The state of quitting.
enum Quitting {
  case no
  /// The listeners of `before-quit` are running.
  case asking
  case closingWindows
  /// The windows are being destroyed without asking them.
  case exiting
  case done
}

extension App {
  /// Quits the app: emits `before-quit`, closes every window, then emits `will-quit` and `quit`.
  ///
  /// A listener of `before-quit`, of a window's `close` or of `will-quit` can cancel it, and so can a page's
  /// `beforeunload`. It does nothing if the app is quitting already.
  ///
  /// Electron: `app.quit()`.
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

  /// Ends the process with an exit status. No window is asked, and the app emits only `quit`. Each window
  /// emits `closed`.
  ///
  /// Electron: `app.exit(exitCode)`.
  ///
  /// - Parameter status: The exit status of the process.
  public func exit(_ status: Int32 = 0) {
    guard quitting != .exiting, quitting != .done else { return }
    quitting = .exiting
    BrowserWindow.all.forEach { $0.destroyWithoutNotice() }
    end(status)
  }

  /// A window or its page has prevented closing.
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
