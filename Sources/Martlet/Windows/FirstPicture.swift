// Detects when a page first appears on the screen. WebKit has no signal for it, so the view is polled at
// every frame of its window until it draws content.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib

/// Waits until a web view has drawn content for the first time.
final class FirstPicture {
  private let view: GObjectRef
  private let body: @MainActor () -> Void
  private var isOver = false
  /// Frames since the view has had content to draw. Its window is one frame behind.
  private var frames = 0

  /// Maximal wait, in milliseconds. A covered window gets no frames.
  private static let longest: UInt32 = 1000

  static func wait(for view: GObjectRef, isVisible: Bool, _ body: @escaping @MainActor () -> Void) {
    guard isVisible else { return body() }
    let picture = FirstPicture(view, body)
    view.onEveryFrame { picture.look() }
    _ = MainLoop.after(milliseconds: longest) { picture.finish() }
  }

  private init(_ view: GObjectRef, _ body: @escaping @MainActor () -> Void) {
    self.view = view
    self.body = body
  }

  /// Returns whether to check again at the next frame.
  private func look() -> Bool {
    if !isOver, frames > 0 || martlet_widget_is_drawn(view.pointer()) != 0 {
      frames += 1
      if frames > 2 { finish() }
    }
    return !isOver
  }

  private func finish() {
    guard !isOver else { return }
    isOver = true
    body()
  }
}
