// The export table of one of Electron's classes: a line for each member. `classes.cjs` makes the class of it.

internal import CMartletNode
internal import Martlet

/// A table, without the type of its class.
class AnyClassTable {
  /// Electron's name of the class.
  let name: String
  /// The table as `classes.cjs` gets it.
  fileprivate(set) lazy var value = NodeReference(describe())

  fileprivate init(_ name: String) { self.name = name }

  fileprivate func describe() -> NodeValue { fatalError("a subclass describes itself") }
  fileprivate func subscribe(_ object: AnyObject, _ event: String) -> Subscription? { nil }
}

/// The members of a class, as its instances have them in JavaScript.
final class ClassTable<Object: NodeObject>: AnyClassTable {
  private var methods: [(name: String, body: NodeFunction.Body)] = []
  private var statics: [(name: String, body: NodeFunction.Body)] = []
  private var properties: [(name: String, get: NodeFunction.Body, set: NodeFunction.Body?)] = []
  private var events: [String: (Object) -> Subscription] = [:]
  /// Subscribes to a name that no line of `events` has.
  private var otherEvents: ((Object, String) -> Subscription)?
  private var construct: NodeFunction.Body?
  private var subscriptions: [Key: Subscription] = [:]
  /// Calls its argument when the object has emitted its last event.
  private var whenEnded: ((Object, @escaping () -> Void) -> Void)?

  private struct Key: Hashable {
    let object: ObjectIdentifier
    let event: String
  }

  init(_ name: String, _ fill: (ClassTable) -> Void) {
    super.init(name)
    fill(self)
  }

  // MARK: Members

  /// The object of a call.
  ///
  /// - Throws: `DestroyedError` if it was destroyed and `isLasting` is false (T-03).
  private static func receiver(_ call: NodeCall, _ isLasting: Bool = false) throws -> Object {
    let object = try Object.from(call.receiver)
    if !isLasting, object.isDestroyed { throw DestroyedError(message: Object.destroyedMessage) }
    return object
  }

  /// A property that can be read. Electron's method that reads it, such as `getTitle`, is a name of its own.
  ///
  /// - Parameter isLasting: Whether it can be read after the object was destroyed.
  func property<T: ToNode>(
    _ name: String, get method: String? = nil, isLasting: Bool = false, _ path: KeyPath<Object, T>
  ) {
    let get: NodeFunction.Body = { try Self.receiver($0, isLasting)[keyPath: path].toNode() }
    properties.append((name, get, nil))
    if let method { methods.append((method, get)) }
  }

  /// A property that can be read and assigned, with Electron's methods for both if it has them.
  func property<T: FromNode & ToNode>(
    _ name: String, get getter: String? = nil, set setter: String? = nil,
    _ path: ReferenceWritableKeyPath<Object, T>
  ) {
    let get: NodeFunction.Body = { try Self.receiver($0)[keyPath: path].toNode() }
    let set: NodeFunction.Body = { call in
      var arguments = NodeArguments(call)
      try Self.receiver(call)[keyPath: path] = arguments.next()
      return .undefined
    }
    properties.append((name, get, set))
    if let getter { methods.append((getter, get)) }
    if let setter { methods.append((setter, set)) }
  }

  /// A method with a result.
  ///
  /// - Parameter isLasting: Whether it can be called after the object was destroyed.
  func method<each A: FromNode, R: ToNode>(
    _ name: String, isLasting: Bool = false, _ body: @escaping (Object, repeat each A) throws -> R
  ) {
    methods.append(
      (
        name,
        { call in
          var arguments = NodeArguments(call)
          return try body(Self.receiver(call, isLasting), repeat arguments.next((each A).self)).toNode()
        }
      ))
  }

  /// A method without a result.
  func method<each A: FromNode>(
    _ name: String, isLasting: Bool = false, _ body: @escaping (Object, repeat each A) throws -> Void
  ) {
    methods.append(
      (
        name,
        { call in
          var arguments = NodeArguments(call)
          try body(Self.receiver(call, isLasting), repeat arguments.next((each A).self))
          return .undefined
        }
      ))
  }

  /// A method that returns a promise.
  func promise<each A: FromNode, R: ToNode>(
    _ name: String, _ body: @escaping @MainActor (Object, repeat each A) async throws -> R
  ) {
    methods.append(
      (
        name,
        { call in
          var arguments = NodeArguments(call)
          // It stays on the main actor, as the closure does.
          nonisolated(unsafe) let object = try Self.receiver(call)
          let values = (repeat try arguments.next((each A).self))
          return NodePromise.of { try await body(object, repeat each values) }
        }
      ))
  }

  /// A method that returns a promise of nothing.
  func promise<each A: FromNode>(
    _ name: String, _ body: @escaping @MainActor (Object, repeat each A) async throws -> Void
  ) {
    promise(name) { (object: Object, arguments: repeat each A) async throws -> NodeValue in
      try await body(object, repeat each arguments)
      return .undefined
    }
  }

  func `static`<each A: FromNode, R: ToNode>(_ name: String, _ body: @escaping (repeat each A) throws -> R) {
    statics.append(
      (
        name,
        { call in
          var arguments = NodeArguments(call)
          return try body(repeat arguments.next((each A).self)).toNode()
        }
      ))
  }

  func `static`<each A: FromNode>(_ name: String, _ body: @escaping (repeat each A) throws -> Void) {
    statics.append(
      (
        name,
        { call in
          var arguments = NodeArguments(call)
          try body(repeat arguments.next((each A).self))
          return .undefined
        }
      ))
  }

  /// The constructor. Without one, JavaScript gets instances only.
  ///
  /// - Parameter then: Called once the Swift object has its JavaScript object.
  func constructor<each A: FromNode>(
    _ body: @escaping (repeat each A) throws -> Object, then: @escaping (Object) throws -> Void = { _ in }
  ) {
    construct = { call in
      var arguments = NodeArguments(call)
      let values = (repeat try arguments.next((each A).self))
      try then(NodeObjects.construct(call.receiver) { try body(repeat each values) })
      return .undefined
    }
  }

  // MARK: Events

  /// An event whose listeners get the event object alone.
  func event<Payload>(_ event: Event<Object, Payload>) where Object: EventSource {
    self.event(event) { _ in [] }
  }

  /// An event whose listeners get the event object and these arguments.
  func event<Payload>(
    _ event: Event<Object, Payload>, _ arguments: @escaping (Payload) throws -> [any ToNode]
  ) where Object: EventSource {
    events[event.name] = { object in
      object.on(event) { [unowned object] payload in
        let isPrevented = NodeCallback.call("emit", returning: Bool.self) {
          [try object.toNode(), event.name.toNode()] + (try arguments(payload).map { try $0.toNode() })
        }
        if isPrevented == true, let payload = payload as? any PreventableEvent { payload.preventDefault() }
      }
    }
  }

  /// The last event of an object. Its listeners are forgotten then, and with them what they hold.
  func ends(with event: Event<Object, Void>) where Object: EventSource {
    whenEnded = { object, forget in
      // Not yet: this listener may be the first of the event's.
      object.once(event) { Task { @MainActor in forget() } }
    }
  }

  /// Events of any name: channels.
  func events(_ subscribe: @escaping (Object, String) -> Subscription) { otherEvents = subscribe }

  /// JavaScript has its first listener of an event.
  private func listen(_ object: Object, _ event: String) {
    let key = Key(object: ObjectIdentifier(object), event: event)
    guard subscriptions[key] == nil,
      let subscription = events[event]?(object) ?? otherEvents?(object, event)
    else { return }
    if !subscriptions.keys.contains(where: { $0.object == key.object }) {
      whenEnded?(object) { [unowned self, weak object] in if let object { forget(object) } }
    }
    subscriptions[key] = subscription
    NodeObjects.hold(object)
  }

  private func forget(_ object: Object) {
    for key in subscriptions.keys where key.object == ObjectIdentifier(object) {
      stopListening(object, key.event)
    }
  }

  /// JavaScript's last listener of an event is removed.
  private func stopListening(_ object: Object, _ event: String) {
    guard
      let subscription = subscriptions.removeValue(
        forKey: Key(object: ObjectIdentifier(object), event: event))
    else { return }
    subscription.cancel()
    NodeObjects.release(object)
  }

  // MARK: For JavaScript

  override fileprivate func describe() -> NodeValue {
    let table = NodeValue.object()
    table.set("name", name.toNode())
    table.set("methods", Self.functions(methods))
    table.set("statics", Self.functions(statics))
    let accessors = NodeValue.object()
    for (name, get, set) in properties {
      let accessor = NodeValue.object()
      accessor.set("get", NodeFunction.make(name, get))
      if let set { accessor.set("set", NodeFunction.make(name, set)) }
      accessors.set(name, accessor)
    }
    table.set("properties", accessors)
    if let construct { table.set("construct", NodeFunction.make(name, construct)) }
    if !events.isEmpty || otherEvents != nil {
      table.set("listen", NodeFunction.make("listen") { [self] in try on($0, listen) })
      table.set("stopListening", NodeFunction.make("stopListening") { [self] in try on($0, stopListening) })
    }
    return table
  }

  private func on(_ call: NodeCall, _ body: (Object, String) -> Void) throws -> NodeValue {
    body(try Object.from(call[0]), try String.from(call[1]))
    return .undefined
  }

  private static func functions(_ bodies: [(name: String, body: NodeFunction.Body)]) -> NodeValue {
    let object = NodeValue.object()
    for (name, body) in bodies { object.set(name, NodeFunction.make(name, body)) }
    return object
  }
}
