// The bridge's JavaScript, embedded in code by SwiftPM: nothing to find at run time.

/// The modules of the preload's world, by the name they `require` each other by.
public let isolatedModules: [(name: String, source: [UInt8])] = [
  ("realm-guard", PackageResources.realm_guard_js),
  ("surroundings", PackageResources.surroundings_js),
  ("primordials", PackageResources.primordials_js),
  ("codec-tags", PackageResources.codec_tags_js),
  ("codec-text", PackageResources.codec_text_js),
  ("codec-bigint", PackageResources.codec_bigint_js),
  ("codec-classify", PackageResources.codec_classify_js),
  ("codec-keys", PackageResources.codec_keys_js),
  ("proxies", PackageResources.proxies_js),
  ("codec-encode", PackageResources.codec_encode_js),
  ("codec-decode", PackageResources.codec_decode_js),
  ("codec", PackageResources.codec_js),
  ("private-scheme", PackageResources.private_scheme_js),
  ("frames", PackageResources.frames_js),
  ("emitter", PackageResources.emitter_js),
  ("watched-ports", PackageResources.watched_ports_js),
  ("message-ports", PackageResources.message_ports_js),
  ("outbox", PackageResources.outbox_js),
  ("lane-transport", PackageResources.lane_transport_js),
  ("script-message-transport", PackageResources.script_message_transport_js),
  ("ipc-renderer", PackageResources.ipc_renderer_js),
  ("process", PackageResources.process_js),
  ("immediates", PackageResources.immediates_js),
  ("buffer", PackageResources.buffer_js),
  ("modules", PackageResources.modules_js),
  ("membrane-half", PackageResources.membrane_half_js),
  ("membrane-isolated", PackageResources.membrane_isolated_js),
  ("context-bridge", PackageResources.context_bridge_js),
  ("shared", PackageResources.shared_js),
  ("integrity", PackageResources.integrity_js),
  ("worlds", PackageResources.worlds_js),
  ("web-frame", PackageResources.web_frame_js),
  ("lifecycle", PackageResources.lifecycle_js),
  ("boot", PackageResources.boot_js),
]

/// What runs first in every window of the page's world.
public let realmGuard: [UInt8] = PackageResources.realm_guard_js

/// The page's half of the membrane.
public let pageHalf: [UInt8] = PackageResources.membrane_half_js
