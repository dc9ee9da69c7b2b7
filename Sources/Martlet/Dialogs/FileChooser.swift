// One GtkFileChooserNative, from its creation to the user's answer.

internal import CMartletShim
internal import CMartletWebKit
internal import MartletGLib

final class FileChooser {
  private let chooser: GObjectRef
  private let parent: BrowserWindow?
  private var continuation: CheckedContinuation<[String], Never>?
  private var parentClosed: Subscription?

  init(title: String?, parent: BrowserWindow?, selectsFolders: Bool, acceptLabel: String?) {
    self.parent = parent.flatMap { $0.isVisible ? $0 : nil }
    self.parent?.showIfDue()
    let window: UnsafeMutablePointer<GtkWindow>? = self.parent?.window.pointer()
    chooser = GObjectRef(
      adopting: martlet_file_chooser_native_new(
        title ?? (selectsFolders ? "Open Folder" : "Open File"), window,
        selectsFolders ? GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER : GTK_FILE_CHOOSER_ACTION_OPEN, acceptLabel))
    gtk_native_dialog_set_modal(chooser.pointer(), window == nil ? 0 : 1)
    chooser.onResponse { [unowned self] in answered($0) }
  }

  var allowsMultiple = false {
    didSet { martlet_file_chooser_set_multiple(chooser.opaque, allowsMultiple ? 1 : 0) }
  }

  func add(_ filter: FileFilter) {
    let native = gtk_file_filter_new()!
    gtk_file_filter_set_name(native, filter.name)
    for suffix in filter.extensions {
      if suffix == "*" {
        gtk_file_filter_add_pattern(native, "*")
      } else {
        gtk_file_filter_add_suffix(native, suffix)
      }
    }
    martlet_file_chooser_add_filter(chooser.opaque, native)
  }

  /// The dialog's first folder: an absolute path's folder, or else Downloads, or else home.
  static func folder(for path: String?) -> String {
    guard let path, path.beginsWithBytes(of: "/") else { return App.running.path(.downloads) }
    return Files.isFolder(path) ? path : Files.folder(of: path)
  }

  func open(in folder: String) throws(DialogError) {
    do {
      _ = try throwingGError { martlet_file_chooser_set_folder(chooser.opaque, folder, $0) }
    } catch {
      throw DialogError(
        code: .invalidDefaultPath,
        message:
          "cannot open the default path \(folder): \(error.message). "
          + "Set defaultPath to a folder that can be opened, or leave it out.",
        underlyingError: error)
    }
  }

  /// Shows the dialog and returns the chosen paths. Empty if the user cancelled.
  func run() async -> [String] {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard !Task.isCancelled else { return continuation.resume(returning: []) }
        self.continuation = continuation
        // GTK drops a closed parent without a signal.
        parentClosed = parent?.once(.closed) { [weak self] in self?.finish([]) }
        gtk_native_dialog_show(chooser.pointer())
      }
    } onCancel: {
      Task { @MainActor in self.finish([]) }
    }
  }

  private func answered(_ response: Int32) {
    guard response == GTK_RESPONSE_ACCEPT.rawValue else { return finish([]) }
    let list = martlet_file_chooser_paths(chooser.opaque)
    defer { g_strfreev(list) }
    var paths: [String] = []
    while let path = list[paths.count] { paths.append(String(cString: path)) }
    finish(paths)
  }

  private func finish(_ paths: [String]) {
    guard let continuation else { return }
    self.continuation = nil
    parentClosed?.cancel()
    gtk_native_dialog_hide(chooser.pointer())
    continuation.resume(returning: paths)
  }
}
