// Swift's asynchronous functions as JavaScript promises.

internal import CMartletNode

enum NodePromise {
  /// The promise of what `body` returns. It starts at once.
  static func of(_ body: @escaping @MainActor () async throws -> any ToNode) -> NodeValue {
    var deferred: napi_deferred?
    let promise = NodeValue.certain { napi_create_promise(Node.environment, &deferred, $0) }
    Task.immediate { @MainActor in
      let result: Result<any ToNode, any Error>
      do { result = .success(try await body()) } catch { result = .failure(error) }
      // Reactions run when the callback scope closes, also where JavaScript has not called.
      NodeCallback.inScope {
        do {
          napi_resolve_deferred(Node.environment, deferred, try result.get().toNode().raw)
        } catch {
          napi_reject_deferred(Node.environment, deferred, NodeError.value(of: error).raw)
        }
      }
    }
    return promise
  }
}
