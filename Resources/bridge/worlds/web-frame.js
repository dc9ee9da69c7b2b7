'use strict'

// The supported part of Electron's `webFrame`: scripts in the worlds of this frame, and its token.

const Worlds = require('./worlds')

/** `worlds` is a `Worlds`; `frameToken` is the main process's name for this document. */
function createWebFrame (worlds, frameToken) {
  const run = async (id, source, file) => worlds.run(id, String(source), file)

  return {
    frameToken,

    executeJavaScript: (code) => run(Worlds.MAIN, code, Worlds.besidePage('executeJavaScript')),

    async executeJavaScriptInIsolatedWorld (worldId, scripts) {
      if (!Array.isArray(scripts) || scripts.length === 0) throw new TypeError(
        "'scripts' must be a list of scripts")
      const values = []
      for (const { code, url = 'executeJavaScriptInIsolatedWorld' } of scripts) {
        values.push(await run(worldId, code, String(url)))
      }
      return values[0]
    }
  }
}

module.exports = createWebFrame
