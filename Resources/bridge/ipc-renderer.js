'use strict'

// Electron's ipcRenderer over a transport.

const EventEmitter = require('./node/emitter')
const { kinds } = require('./lane/wire')

function checkChannel (channel) {
  if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
}

/** S-11: checks for a list of ports, or none. */
function checkTransfer (transfer) {
  if (transfer === undefined) return undefined
  if (!Array.isArray(transfer) || !transfer.every(port => port instanceof MessagePort)) {
    throw new TypeError('Invalid value for transfer')
  }
  return transfer
}

/**
 * The error that a failed invoke rejects with: S-30's text, and the properties that the main process added.
 */
function remoteError (channel, { detail, name, code, data }) {
  const error = new Error(`Error invoking remote method '${channel}': ${detail}`)
  if (name !== undefined) error.name = name
  if (code !== undefined) error.code = code
  if (data !== undefined) error.data = data
  return error
}

class IpcRenderer extends EventEmitter {
  #transport
  #calls = new Map()
  #lastCall = 0
  #isOfPage

  /** `isOfPage(listener)`: whether a function belongs to the page and came through contextBridge. */
  constructor (transport, isOfPage = () => false) {
    super()
    this.#transport = transport
    this.#isOfPage = isOfPage
  }

  on (channel, listener) { return super.on(channel, this.#look(channel, listener)) }
  addListener (channel, listener) { return super.addListener(channel, this.#look(channel, listener)) }
  once (channel, listener) { return super.once(channel, this.#look(channel, listener)) }

  /** Warns when a page's own function listens: the event is useless to a page, but all arguments reach it. */
  #look (channel, listener) {
    if (this.#isOfPage(listener)) {
      console.warn(`A function of the page listens to '${String(channel)}' and gets all later arguments. ` +
        "Pass a function of the preload that forwards only what the page needs.")
    }
    return listener
  }

  send (channel, ...args) {
    checkChannel(channel)
    this.#transport.post(kinds.send, 0, [channel, ...args])
  }

  async invoke (channel, ...args) {
    checkChannel(channel)
    const call = this.#nextCall()
    this.#transport.post(kinds.invoke, call, [channel, ...args])
    return new Promise((resolve, reject) => this.#calls.set(call, { channel, resolve, reject }))
  }

  sendSync (channel, ...args) {
    checkChannel(channel)
    const [ok, value] = this.#transport.callSync(kinds.sendSync, [channel, ...args]).value
    if (!ok) throw new Error(value.detail)
    return value
  }

  postMessage (channel, message, transfer) {
    if (arguments.length < 2) throw new TypeError('Insufficient number of arguments')
    checkChannel(channel)
    this.#transport.post(kinds.postMessage, 0, [channel, message], checkTransfer(transfer))
  }

  #nextCall () {
    do this.#lastCall = (this.#lastCall + 1) >>> 0
    while (this.#lastCall === 0 || this.#calls.has(this.#lastCall))
    return this.#lastCall
  }

  /**
   * For the bridge only: receives a document's envelopes. `evaluate(call, script)` is called with a script to
   * run.
   */
  static receiver (ipcRenderer, evaluate) {
    return ({ kind, call, value }, ports) => {
      switch (kind) {
        case kinds.message: return IpcRenderer.deliver(ipcRenderer, value, ports)
        case kinds.reply: return ipcRenderer.#settle(call, value)
        case kinds.evaluate: return evaluate(call, value)
      }
    }
  }

  /** Settles the promise of an invoke with its reply. */
  #settle (call, [ok, value]) {
    const pending = this.#calls.get(call)
    if (!pending) return
    this.#calls.delete(call)
    if (ok) pending.resolve(value)
    else pending.reject(remoteError(pending.channel, value))
  }

  /** For the bridge only: delivers a message from the main process. */
  static deliver (ipcRenderer, [channel, ...args], ports = []) {
    EventEmitter.deliver(
      ipcRenderer, error => console.error(error), channel, { sender: ipcRenderer, ports }, ...args)
  }
}

module.exports = IpcRenderer
