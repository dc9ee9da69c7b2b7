// An error that a preload script threw.

public import MartletClone
public import MartletIPC

/// An error that a preload script threw, or the preload does not exist.
public struct PreloadError: MartletError, Hashable {
  public var code: ErrorCode { .preloadThrew }
  /// The error's name and text, such as `ReferenceError: Can't find variable: x`.
  public let message: String
  /// The path of the script that threw.
  public let file: String
  /// The line in `file`, from 1. 0 if it is not known, for instance because the preload does not exist.
  public let line: Int
  /// The JavaScript stack trace. Empty if there is none.
  public let stack: String

  public var description: String { "\(message) (\(place))" }

  var place: String { "\(file)\(line > 0 ? ":\(line)" : "")" }
}

nonisolated extension ErrorCode {
  /// A preload script threw an error, or does not exist.
  public static let preloadThrew: ErrorCode = "ERR_PRELOAD_THREW"
}
