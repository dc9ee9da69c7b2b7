// Features that not every desktop has, and the error that says so.

internal import CMartletWebKit
public import MartletClone
public import MartletIPC

/// The desktop that the app runs on.
///
/// ```swift
/// if Platform.supports(.windowPosition) { … }
/// ```
///
/// A property can be set only where every desktop can do it. Where some cannot, a method sets it and throws
/// `Unsupported`.
public nonisolated enum Platform {
  /// Something that not every desktop can do. There may be more in later versions.
  public struct Feature: Hashable, Sendable, CustomStringConvertible {
    /// The name, such as `windowPosition`.
    public let description: String

    private init(_ name: String) { description = name }

    /// To know and to choose where a window is.
    public static let windowPosition = Feature("windowPosition")
  }

  /// Whether this desktop can do it.
  @MainActor public static func supports(_ feature: Feature) -> Bool {
    do throws(Unsupported) {
      try require(feature)
      return true
    } catch {
      return false
    }
  }

  /// - Throws: `Unsupported` with the reason why this desktop cannot do it.
  @MainActor static func require(_ feature: Feature) throws(Unsupported) {
    switch feature {
    case .windowPosition where !isX11:
      throw Unsupported(feature: feature, reason: "under Wayland the desktop alone decides where windows are")
    default: break
    }
  }

  @MainActor private static var isX11: Bool {
    guard let display = gdk_display_get_default() else { return false }
    return String(cString: g_type_name_from_instance(UnsafeMutablePointer(display))) == "GdkX11Display"
  }
}

/// Something that this desktop cannot do. `Platform.supports` tells it beforehand.
public struct Unsupported: MartletError, Hashable {
  /// The feature that is not supported.
  public let feature: Platform.Feature
  /// Why it cannot, for a developer.
  public let reason: String

  /// Makes an error for a feature.
  ///
  /// - Parameters:
  ///   - feature: The feature that is not supported.
  ///   - reason: The reason, for a developer.
  public init(feature: Platform.Feature, reason: String) {
    self.feature = feature
    self.reason = reason
  }

  public var code: ErrorCode { .featureUnavailableOnPlatform }
  public var message: String { "this desktop does not support \(feature): \(reason)" }
}

nonisolated extension ErrorCode {
  /// This desktop cannot do it: ask `Platform.supports` first.
  public static let featureUnavailableOnPlatform: ErrorCode = "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"
}
