'use strict'

// The isolated half's entry: says hello to the main process, and runs the preload if this page may have one.

require('./guards/realm-guard')
const { serialize, deserialize } = require('./codec/codec')
const scheme = require('./lane/private-scheme')
const { kinds } = require('./lane/wire')
const IpcRenderer = require('./ipc-renderer')
const ModuleLoader = require('./node/module-loader')
const LaneTransport = require('./lane/lane-transport')
const ScriptMessageTransport = require('./lane/script-message-transport')
const createContextBridge = require('./membrane/context-bridge')
const MessagePorts = require('./ports/message-ports')
const Worlds = require('./worlds/worlds')
const createWebFrame = require('./worlds/web-frame')
const { visibilityState } = require('./dom-primordials')
const { watchFrames, isAsMade } = require('./guards/first-window')
const { watchOpen, isWhole } = require('./guards/document-open')
const makeProcess = require('./node/process')
const proxies = require('./codec/proxies')
const watchDocument = require('./lifecycle')

/** The description of an error for the main process. */
function describe (error) {
  if (!(error instanceof Error)) return { message: String(error), stack: '' }
  return { message: `${error.name}: ${error.message}`, stack: String(error.stack ?? '') }
}

/**
 * The place where a preload, or a file that it requires, threw an error. It is never a place in the bridge,
 * which may have made the error.
 */
function placeOf (error, preload) {
  const { sourceURL = '', line = 0, stack = '' } = error instanceof Error ? error : {}
  if (sourceURL !== '' && !isOurs(sourceURL)) return { file: String(sourceURL), line: Number(line) }
  for (const frame of String(stack).split('\n')) {
    const [, file, line] = /^(?:[^@]*@)?(.+):(\d+):\d+$/.exec(frame) ?? []
    if (file !== undefined && !isOurs(file)) return { file, line: Number(line) }
  }
  return { file: preload, line: 0 }
}

const isOurs = file => String(file).startsWith('martlet:')

function runPreload (hello, electron, native, transport) {
  const process = makeProcess(hello, native.readMemory)
  const loader = new ModuleLoader({
    electron,
    process,
    evaluate: native.evaluate,
    read: (from, specifier) =>
      deserialize(scheme.request('module', hello.document, serialize({ from, specifier })))
  })
  const { file, source, problem } = hello.preload
  try {
    if (problem !== undefined) throw new Error(problem)
    loader.run(file, source)
  } catch (error) {
    const told = { ...describe(error), ...placeOf(error, file) }
    console.error(`Unable to load preload script: ${file}`)
    console.error(`${told.message} (${told.file}${told.line > 0 ? ':' + told.line : ''})`)
    transport.post(kinds.preloadError, 0, told)
  }
  process.emit('loaded')
}

/** Runs a script for `executeJavaScript`, awaits its value and sends it. */
async function evaluate (run, transport, call, source, file) {
  try {
    const value = await run(source, file)
    transport.post(kinds.evaluated, call, [true, value])
  } catch (error) {
    transport.post(kinds.evaluated, call, [false, describe(error)])
  }
}

/**
 * `guard` guards this world; its text guards the numbered worlds. `isUnseen`: this is the first document of a
 * frame whose window was created unobserved.
 */
module.exports = guard => function boot (native, pageHalf, key, name, isUnseen) {
  watchFrames()
  if (isUnseen && !isAsMade()) {
    console.error('This frame has no bridge: its page may have changed its window before it was loaded.')
    return
  }
  scheme.unlock(key)
  const hello = deserialize(
    scheme.request('hello', undefined, serialize({ name, visibility: visibilityState() })))
  // The main process cannot communicate with this frame.
  if (hello === undefined) return
  const transport = hello.usesLane
    ? new LaneTransport(native, new MessagePorts(native, isWhole), isWhole)
    : new ScriptMessageTransport(hello.document, isWhole)
  const worlds = new Worlds(native, pageHalf, guard)
  const ipcRenderer = new IpcRenderer(transport, f => worlds.isForeign(f))
  guard()
  const contextBridge = createContextBridge({
    linkTo: id => worlds.link(id),
    compile: text => worlds.compile(text)
  })
  const runInPage = (source, file) => worlds.run(Worlds.MAIN, source, Worlds.besidePage(file))
  transport.listen(IpcRenderer.receiver(ipcRenderer, (call, { inPage, source, file }) =>
    evaluate(inPage ? runInPage : native.evaluate, transport, call, source, file)))
  const webFrame = createWebFrame(worlds, hello.frameToken)
  watchDocument(transport, hello.isMainFrame)
  if (hello.preload) watchOpen(() => transport.end())
  proxies.watch()
  if (hello.preload) runPreload(hello, { contextBridge, ipcRenderer, webFrame }, native, transport)
}
