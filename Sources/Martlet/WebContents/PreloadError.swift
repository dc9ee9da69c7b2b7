// An error that a preload script threw.

public import MartletClone
public import MartletIPC

/// The error that a preload script threw.
public struct PreloadError: MartletError, Hashable {
  public var code: ErrorCode { .preloadThrew }
  /// The error's text, such as `ReferenceError: Can't find variable: x`.
  public let message: String
  /// The script that threw, and the line, from 1; 0 when it is not known, as of a preload that is not there.
  public let file: String
  public let line: Int
  public let stack: String

  public var description: String { "\(message) (\(place))" }

  var place: String { "\(file)\(line > 0 ? ":\(line)" : "")" }
}

nonisolated extension ErrorCode {
  /// A preload script threw, or is not there.
  public static let preloadThrew: ErrorCode = "ERR_PRELOAD_THREW"
}
