'use strict'

// The part of Node's `process` that a sandboxed preload has.

const EventEmitter = require('./emitter')

/** `about` is what the main process told of itself: `{ arguments, arch, env, versions }`. */
function makeProcess (about) {
  const process = new EventEmitter()
  return Object.assign(process, {
    type: 'renderer',
    platform: 'linux',
    arch: about.arch,
    argv: about.arguments,
    env: about.env,
    versions: Object.freeze(about.versions),
    contextIsolated: true,
    sandboxed: true,
    isMainFrame: about.isMainFrame
  })
}

module.exports = makeProcess
