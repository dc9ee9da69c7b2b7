'use strict'

// The part of Node's `process` that a sandboxed preload has.

const EventEmitter = require('./emitter')

/** The sum of these fields of a `smaps_rollup`, in kilobytes. */
function kilobytes (text, ...fields) {
  return fields.reduce((sum, field) => sum +
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0), 0)
}

/**
 * `about` comes from the main process: `{ arguments, arch, env, versions }`. `readMemory()` returns the
 * kernel's account of this process's memory, the text of `smaps_rollup`.
 */
function makeProcess (about, readMemory) {
  const process = new EventEmitter()
  return Object.assign(process, {
    /** The memory of this page's process, in kilobytes. Pages of one site share a process. */
    async getProcessMemoryInfo () {
      const text = readMemory()
      if (!text) throw new Error('The memory of this process cannot be read')
      return {
        residentSet: kilobytes(text, 'Rss'),
        private: kilobytes(text, 'Private_Clean', 'Private_Dirty'),
        shared: kilobytes(text, 'Shared_Clean', 'Shared_Dirty')
      }
    },
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
