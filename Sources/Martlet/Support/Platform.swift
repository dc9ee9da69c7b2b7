// Features that some desktops do not support, and the error for them.

internal import CMartletWebKit
public import MartletClone
public import MartletIPC

/// The desktop that the app runs on.
///
/// ```swift
/// if Platform.supports(.windowPosition) { … }
/// ```
///
/// A property is settable only if every desktop supports that. Otherwise a method sets the value and throws
/// `Unsupported`.
public nonisolated enum Platform {
  /// A feature that some desktops do not support. Later versions may add features.
  public struct Feature: Hashable, Sendable, CustomStringConvertible {
    /// The name, such as `windowPosition`.
    public let description: String

    private init(_ name: String) { description = name }

    /// Reading and setting the position of a window.
    public static let windowPosition = Feature("windowPosition")
  }

  /// Returns whether this desktop supports a feature.
  ///
  /// - Parameter feature: The feature.
  @MainActor public static func supports(_ feature: Feature) -> Bool {
    do throws(Unsupported) {
      try require(feature)
      return true
    } catch {
      return false
    }
  }

  /// Checks that this desktop supports a feature.
  ///
  /// - Throws: `Unsupported` with the reason if it does not.
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

/// This desktop does not support a feature. Ask `Platform.supports` beforehand.
public struct Unsupported: MartletError, Hashable {
  /// The feature that is not supported.
  public let feature: Platform.Feature
  /// The reason, for a developer.
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
  /// This desktop does not support a feature. Ask `Platform.supports` first.
  public static let featureUnavailableOnPlatform: ErrorCode = "ERR_FEATURE_UNAVAILABLE_ON_PLATFORM"
}
