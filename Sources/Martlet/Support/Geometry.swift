// Places and sizes, in logical pixels. They cross to a renderer as objects with Electron's property names.

public import MartletClone

/// A place. Electron: `Point`.
public nonisolated struct Point: Hashable, Sendable, Codable, CloneCodable {
  public var x: Int
  public var y: Int

  public init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A width and a height. Electron: `Size`.
public nonisolated struct Size: Hashable, Sendable, Codable, CloneCodable {
  public var width: Int
  public var height: Int

  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A place and a size. Electron: `Rectangle`.
public nonisolated struct Rectangle: Hashable, Sendable, Codable, CloneCodable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  public init(origin: Point, size: Size) {
    self.init(x: origin.x, y: origin.y, width: size.width, height: size.height)
  }

  /// The top left corner.
  public var origin: Point {
    get { Point(x: x, y: y) }
    set { (x, y) = (newValue.x, newValue.y) }
  }

  public var size: Size {
    get { Size(width: width, height: height) }
    set { (width, height) = (newValue.width, newValue.height) }
  }
}

/// A monitor. Electron: `Display`.
public nonisolated struct Display: Hashable, Sendable, Codable, CloneCodable {
  public let id: Int
  /// Its name, for the user.
  public let label: String
  /// Where it is among the monitors, and how large.
  public let bounds: Rectangle
  /// The part of `bounds` that the desktop leaves to windows.
  public let workArea: Rectangle
  /// How many of its own pixels a logical pixel has in each direction.
  public let scaleFactor: Double

  public var size: Size { bounds.size }
  public var workAreaSize: Size { workArea.size }
}
