// The bridge's JavaScript, embedded in code by SwiftPM, so no files are needed at run time. This is the only
// list of the scripts. Package.swift names their folders, and Tests/Bridge/bundles.test.mjs compares the list
// with the files and with their `require` calls.

/// The scripts that are evaluated together in one world.
public struct Bundle: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// For every window of the page's world, and of each numbered world.
  public static let page = Bundle(rawValue: 1)
  /// For the preload's world and each numbered world.
  public static let guards = Bundle(rawValue: 2)
  /// For the preload's world.
  public static let isolated = Bundle(rawValue: 4)
}

/// The modules of the bundles, by the base name that their `require` calls use.
public let modules: [(name: String, bundles: Bundle, source: [UInt8])] = [
  ("boot", .isolated, PackageResources.boot_js),
  ("dom-primordials", .isolated, PackageResources.dom_primordials_js),
  ("ipc-renderer", .isolated, PackageResources.ipc_renderer_js),
  ("lifecycle", .isolated, PackageResources.lifecycle_js),
  ("primordials", .isolated, PackageResources.primordials_js),
  ("realm", [.page, .guards, .isolated], PackageResources.realm_js),
  ("bigint", .isolated, PackageResources.bigint_js),
  ("classify", .isolated, PackageResources.classify_js),
  ("codec", .isolated, PackageResources.codec_js),
  ("decode", .isolated, PackageResources.decode_js),
  ("keys", .isolated, PackageResources.keys_js),
  ("read-buffers", .isolated, PackageResources.read_buffers_js),
  ("read-exotics", .isolated, PackageResources.read_exotics_js),
  ("read-objects", .isolated, PackageResources.read_objects_js),
  ("read-values", .isolated, PackageResources.read_values_js),
  ("reader", .isolated, PackageResources.reader_js),
  ("encode", .isolated, PackageResources.encode_js),
  ("identity", .isolated, PackageResources.identity_js),
  ("write-buffers", .isolated, PackageResources.write_buffers_js),
  ("write-exotics", .isolated, PackageResources.write_exotics_js),
  ("write-objects", .isolated, PackageResources.write_objects_js),
  ("write-values", .isolated, PackageResources.write_values_js),
  ("writer", .isolated, PackageResources.writer_js),
  ("proxies", .isolated, PackageResources.proxies_js),
  ("tags", .isolated, PackageResources.tags_js),
  ("text", .isolated, PackageResources.text_js),
  ("aborts", .guards, PackageResources.aborts_js),
  ("bodies", .guards, PackageResources.bodies_js),
  ("document-open", .isolated, PackageResources.document_open_js),
  ("event-data", .guards, PackageResources.event_data_js),
  ("first-window", .isolated, PackageResources.first_window_js),
  ("hidden-globals", .guards, PackageResources.hidden_globals_js),
  ("isolated-world", .guards, PackageResources.isolated_world_js),
  ("own-errors", .guards, PackageResources.own_errors_js),
  ("realm-guard", [.page, .isolated], PackageResources.realm_guard_js),
  ("rejecting-methods", .guards, PackageResources.rejecting_methods_js),
  ("rejections", .guards, PackageResources.rejections_js),
  ("related-targets", .guards, PackageResources.related_targets_js),
  ("replace", .guards, PackageResources.replace_js),
  ("transitions", .guards, PackageResources.transitions_js),
  ("uncaught-errors", .guards, PackageResources.uncaught_errors_js),
  ("envelope", .isolated, PackageResources.envelope_js),
  ("lane-transport", .isolated, PackageResources.lane_transport_js),
  ("outbox", .isolated, PackageResources.outbox_js),
  ("private-scheme", .isolated, PackageResources.private_scheme_js),
  ("script-message-transport", .isolated, PackageResources.script_message_transport_js),
  ("wire", .isolated, PackageResources.wire_js),
  ("calls", [.page, .isolated], PackageResources.calls_js),
  ("context-bridge", .isolated, PackageResources.context_bridge_js),
  ("copy-buffers", [.page, .isolated], PackageResources.copy_buffers_js),
  ("copy-collections", [.page, .isolated], PackageResources.copy_collections_js),
  ("copy-exotics", [.page, .isolated], PackageResources.copy_exotics_js),
  ("copy-values", [.page, .isolated], PackageResources.copy_values_js),
  ("errors", [.page, .isolated], PackageResources.errors_js),
  ("half", [.page, .isolated], PackageResources.half_js),
  ("intrinsics", [.page, .isolated], PackageResources.intrinsics_js),
  ("link", .isolated, PackageResources.link_js),
  ("makers", [.page, .isolated], PackageResources.makers_js),
  ("page", .page, PackageResources.page_js),
  ("walk", [.page, .isolated], PackageResources.walk_js),
  ("buffer", .isolated, PackageResources.buffer_js),
  ("emitter", .isolated, PackageResources.emitter_js),
  ("immediates", .isolated, PackageResources.immediates_js),
  ("module-loader", .isolated, PackageResources.module_loader_js),
  ("process", .isolated, PackageResources.process_js),
  ("message-ports", .isolated, PackageResources.message_ports_js),
  ("watched-port", .isolated, PackageResources.watched_port_js),
  ("web-frame", .isolated, PackageResources.web_frame_js),
  ("worlds", .isolated, PackageResources.worlds_js),
]

/// The script that makes a bundle of modules.
public let loader: [UInt8] = PackageResources.loader_js
