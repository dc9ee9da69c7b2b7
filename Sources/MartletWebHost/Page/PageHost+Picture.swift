// A check of the page's rendering in its own process.

internal import CMartletShim
internal import MartletGLib

extension PageHost {
  /// Whether the page, redrawn in its own process, has a single colour, or cannot be drawn.
  package func hasOneColour() async -> Bool {
    await withCheckedContinuation { continuation in
      let waiting = Unmanaged.passRetained(Waiting(continuation))
      martlet_page_has_one_colour(
        view.pointer(),
        { answer, data in Unmanaged<Waiting>.fromOpaque(data).takeRetainedValue().resume(answer) },
        waiting.toOpaque())
    }
  }
}

private nonisolated final class Waiting {
  private let continuation: CheckedContinuation<Bool, Never>

  init(_ continuation: CheckedContinuation<Bool, Never>) { self.continuation = continuation }

  func resume(_ answer: gboolean) { continuation.resume(returning: answer != 0) }
}
