// Options: a JavaScript object's members as the fields of a Swift value.

internal import CMartletNode

/// The members of an options object, each with its field.
struct OptionTable<Options> {
  private var fields: [(name: String, read: (NodeValue, inout Options) throws -> Void)] = []

  init(_ fill: (inout OptionTable) -> Void) { fill(&self) }

  /// A member whose value is converted to the field's type. A member that is undefined leaves the default.
  mutating func option<T: FromNode>(_ name: String, _ path: WritableKeyPath<Options, T>) {
    option(name) { (options, value: T) in options[keyPath: path] = value }
  }

  /// A member that `set` writes into the options.
  mutating func option<T: FromNode>(_ name: String, _ set: @escaping (inout Options, T) throws -> Void) {
    fields.append((name, { value, options in try set(&options, T.from(value)) }))
  }

  /// Writes the members of `object` into `options`.
  ///
  /// - Throws: `ConversionError` that names the member, or the exception of a getter.
  func read(_ object: NodeValue, into options: inout Options) throws {
    guard !object.isNullish else { return }
    guard object.isObject else { throw ConversionError("an object", object) }
    for (name, read) in fields {
      let value = try object.get(name)
      guard value.type != napi_undefined else { continue }
      do { try read(value, &options) } catch let error as ConversionError { throw error.within(name) }
    }
  }
}
