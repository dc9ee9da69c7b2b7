'use strict'

// Electron's ipcMain, its events, and what `webContents` and `webFrameMain` send.

const { defineClass } = require('./define-class.cjs')
const { serialize, deserialize } = require('./wire.cjs')

const handlers = new WeakMap()

function defineIpcMain (table) {
  return defineClass(table, Native => class extends Native {
    handle (channel, handler) { register(this, super.handle, channel, handler, false) }
    handleOnce (channel, handler) { register(this, super.handle, channel, handler, true) }

    removeHandler (channel) {
      super.removeHandler(channel)
      handlers.get(this)?.delete(channel)
    }
  })
}

function register (ipc, handle, channel, handler, once) {
  if (typeof handler !== 'function') {
    throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
  }
  handle.call(ipc, channel, once)
  if (!handlers.has(ipc)) handlers.set(ipc, new Map())
  handlers.get(ipc).set(channel, { handler, once })
}

/** Native code has a call of `ipcRenderer.invoke` for a handler of `ipc`. */
async function invoke (ipc, channel, event, reply, bytes) {
  const { handler, once } = handlers.get(ipc).get(channel)
  if (once) handlers.get(ipc).delete(channel)
  try {
    const [, ...values] = deserialize(bytes)
    reply.succeed(serialize([true, await handler(event, ...values)]))
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error)
    // The renderer gets String(error): a name, a colon and a text.
    reply.fail('', String(error))
  }
}

/** Native code has a message for the listeners of `ipc`. */
function message (ipc, channel, event, bytes) {
  let values
  try {
    [, ...values] = deserialize(bytes)
  } catch (error) {
    // The renderer has sent false bytes: the app is not at fault, and goes on.
    event.reportUnreadable(channel, String(error))
    return
  }
  ipc.emit(channel, event, ...values)
}

function defineIpcMainEvent (table) {
  return defineClass(table, Native => class extends Native {
    #returned
    #isReturned = false
    type = 'frame'
    defaultPrevented = false

    preventDefault () { this.defaultPrevented = true }

    /** The answer to `sendSync`: the first value that is assigned. */
    get returnValue () { return this.#returned }
    set returnValue (value) {
      if (this.#isReturned) return
      this.answer(serialize([true, value]))
      this.#isReturned = true
      this.#returned = value
    }

    reply (channel, ...values) {
      const frame = this.senderFrame
      if (frame === null) return
      frame.send(channel, ...values)
    }
  })
}

function defineInvokeEvent (table) {
  return defineClass(table, Native => class extends Native {
    type = 'frame'
    defaultPrevented = false
    preventDefault () { this.defaultPrevented = true }
  })
}

/** Adds `send`, `postMessage` and `executeJavaScript` to a class that has them for serialized values. */
function withMessages (Native) {
  return class extends Native {
    send (channel, ...values) {
      if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
      super.send(channel, serialize([channel, ...values]))
    }

    postMessage (channel, value, transfer) {
      super.postMessage(serialize([channel, value]), ports(transfer))
    }

    async executeJavaScript (code) { return deserialize(await super.executeJavaScript(code)) }
  }
}

function ports (transfer) {
  if (transfer === undefined) return []
  if (!Array.isArray(transfer)) throw new TypeError('The transfer list is an array of ports')
  return transfer
}

module.exports = {
  defineIpcMain, defineIpcMainEvent, defineInvokeEvent, withMessages, invoke, message, ports
}
