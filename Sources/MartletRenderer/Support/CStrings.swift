// Literals as C strings.

import CMartletWebProcess

extension StaticString {
  /// The literal's bytes with a final NUL; they are never released.
  var cString: UnsafePointer<CChar> {
    UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
  }
}

func warn(_ message: StaticString) { warn(message.cString) }

func warn(_ message: UnsafePointer<CChar>) {
  g_log_default_handler("Martlet", G_LOG_LEVEL_WARNING, message, nil)
}
