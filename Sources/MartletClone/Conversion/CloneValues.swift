// Conversions of the clone types themselves, for handlers that take the JavaScript value unconverted.

extension CloneValue: CloneCodable {
  public func cloneValue() -> CloneValue { self }
  public static func decode(from value: CloneValue) -> CloneValue { value }
}

extension CloneString: CloneCodable {
  public func cloneValue() -> CloneValue { .string(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneString {
    guard case .string(let string) = value else { throw CloneTypeMismatch(expected: "string", found: value) }
    return string
  }
}

extension CloneObject: CloneCodable {
  public func cloneValue() -> CloneValue { .object(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneObject {
    guard case .object(let node) = value else { throw CloneTypeMismatch(expected: "object", found: value) }
    return node
  }
}

extension CloneArray: CloneCodable {
  public func cloneValue() -> CloneValue { .array(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneArray {
    guard case .array(let node) = value else { throw CloneTypeMismatch(expected: "array", found: value) }
    return node
  }
}

extension CloneMap: CloneCodable {
  public func cloneValue() -> CloneValue { .map(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneMap {
    guard case .map(let node) = value else { throw CloneTypeMismatch(expected: "Map", found: value) }
    return node
  }
}

extension CloneSet: CloneCodable {
  public func cloneValue() -> CloneValue { .set(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneSet {
    guard case .set(let node) = value else { throw CloneTypeMismatch(expected: "Set", found: value) }
    return node
  }
}

extension CloneDate: CloneCodable {
  public func cloneValue() -> CloneValue { .date(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneDate {
    guard case .date(let node) = value else { throw CloneTypeMismatch(expected: "Date", found: value) }
    return node
  }
}

extension CloneRegExp: CloneCodable {
  public func cloneValue() -> CloneValue { .regExp(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneRegExp {
    guard case .regExp(let node) = value else { throw CloneTypeMismatch(expected: "RegExp", found: value) }
    return node
  }
}

extension CloneBoxed: CloneCodable {
  public func cloneValue() -> CloneValue { .boxed(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneBoxed {
    guard case .boxed(let node) = value else {
      throw CloneTypeMismatch(expected: "boxed primitive", found: value)
    }
    return node
  }
}

extension CloneErrorObject: CloneCodable {
  public func cloneValue() -> CloneValue { .error(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneErrorObject {
    guard case .error(let node) = value else { throw CloneTypeMismatch(expected: "Error", found: value) }
    return node
  }
}

extension CloneArrayBuffer: CloneCodable {
  public func cloneValue() -> CloneValue { .arrayBuffer(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneArrayBuffer {
    guard case .arrayBuffer(let node) = value else {
      throw CloneTypeMismatch(expected: "ArrayBuffer", found: value)
    }
    return node
  }
}

extension CloneArrayBufferView: CloneCodable {
  public func cloneValue() -> CloneValue { .view(self) }

  public static func decode(from value: CloneValue) throws(CloneTypeMismatch) -> CloneArrayBufferView {
    guard case .view(let node) = value else {
      throw CloneTypeMismatch(expected: "typed array or DataView", found: value)
    }
    return node
  }
}
