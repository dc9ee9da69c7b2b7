// Positions and sizes, in logical pixels. In a renderer they are objects with Electron's property names.

public import MartletClone

/// A position in logical pixels. Electron: `Point`.
public nonisolated struct Point: Hashable, Sendable, Codable, CloneCodable {
  /// The distance from the left, in logical pixels.
  public var x: Int
  /// The distance from the top, in logical pixels.
  public var y: Int

  /// Makes a point.
  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A width and a height in logical pixels. Electron: `Size`.
public nonisolated struct Size: Hashable, Sendable, Codable, CloneCodable {
  /// The width, in logical pixels.
  public var width: Int
  /// The height, in logical pixels.
  public var height: Int

  /// Makes a size.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A position and a size in logical pixels. Electron: `Rectangle`.
public nonisolated struct Rectangle: Hashable, Sendable, Codable, CloneCodable {
  /// The distance from the left, in logical pixels.
  public var x: Int
  /// The distance from the top, in logical pixels.
  public var y: Int
  /// The width, in logical pixels.
  public var width: Int
  /// The height, in logical pixels.
  public var height: Int

  /// Makes a rectangle from the position of its top left corner and its size.
  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Makes a rectangle from its top left corner and its size.
  public init(origin: Point, size: Size) {
    self.init(x: origin.x, y: origin.y, width: size.width, height: size.height)
  }

  /// The top left corner. Setting it keeps the size.
  public var origin: Point {
    get { Point(x: x, y: y) }
    set { (x, y) = (newValue.x, newValue.y) }
  }

  /// The size. Setting it keeps the top left corner.
  public var size: Size {
    get { Size(width: width, height: height) }
    set { (width, height) = (newValue.width, newValue.height) }
  }
}

/// A monitor. Electron: `Display`.
public nonisolated struct Display: Hashable, Sendable, Codable, CloneCodable {
  /// A number that identifies the monitor.
  public let id: Int
  /// The monitor's name, as shown to the user.
  public let label: String
  /// The monitor's position and size in the desktop, in logical pixels.
  public let bounds: Rectangle
  /// The part of `bounds` that windows may use, without panels and docks.
  public let workArea: Rectangle
  /// Physical pixels per logical pixel.
  public let scaleFactor: Double

  /// The size of `bounds`, in logical pixels.
  public var size: Size { bounds.size }
  /// The size of `workArea`, in logical pixels.
  public var workAreaSize: Size { workArea.size }
}
