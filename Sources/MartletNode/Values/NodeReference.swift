// A JavaScript value that native code keeps.

internal import CMartletNode

/// Keeps a JavaScript value alive.
final class NodeReference {
  private let reference: napi_ref?

  init(_ value: NodeValue) {
    var reference: napi_ref?
    napi_create_reference(Node.environment, value.raw, 1, &reference)
    self.reference = reference
  }

  isolated deinit { napi_delete_reference(Node.environment, reference) }

  var value: NodeValue { .certain { napi_get_reference_value(Node.environment, reference, $0) } }
}
