'use strict'

// Electron's MessagePortMain and MessageChannelMain.

const { defineClass } = require('./define-class.cjs')
const { ports } = require('./ipc.cjs')
const { serialize, deserialize } = require('./wire.cjs')

function defineMessagePort (table) {
  return defineClass(table, Native => class extends Native {
    postMessage (value, transfer) { super.postMessage(serialize(value), ports(transfer)) }

    static listenerArguments (name, event, [bytes, ports]) {
      return name === 'message' ? [{ data: deserialize(bytes), ports }] : []
    }
  })
}

function defineMessageChannel (MessagePortMain) {
  return class MessageChannelMain {
    constructor () { [this.port1, this.port2] = MessagePortMain.channel() }
  }
}

module.exports = { defineMessagePort, defineMessageChannel }
