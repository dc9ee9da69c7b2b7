'use strict'

// One frame out on one channel. A native function that gets numbers alone takes a third of the time of one that gets
// objects, so short frames lie in memory that the extension knows.

const { NO_PORTS } = require('./frames')

const { isArray } = Array
const { set } = Uint8Array.prototype

const short = new Uint8Array(8 * 1024)

/** Sends a frame, in one piece or several, and the ports that are these channels: `Channel.Status`. */
function send (native, channel, frame, ports) {
  if (ports === undefined && !isArray(frame) && frame.length <= short.length) {
    set.call(short, frame)
    return native.sendShort(channel, frame.length)
  }
  return native.send(channel, frame, ports ?? NO_PORTS)
}

module.exports = { send, short }
