// Tests ipcRenderer's emitter by the rules S-20 to S-26 and S-37, and compares it with node's: operations
// that both have must give the same results.
import assert from 'node:assert/strict'
import NodeEmitter from 'node:events'
import { test } from 'node:test'
import { loadBridge, quietConsole } from './support/bridge.mjs'

const bridgeEmitter = () => loadBridge({ console: quietConsole() })('./node/emitter')

/** A test that runs against both emitters. */
const alike = (name, body) => {
  test(name, () => body(bridgeEmitter()))
  test(`${name} (in node's emitter)`, () => body(NodeEmitter))
}

alike('S-20: listeners run in the order they were added, and twice when added twice', Emitter => {
  const emitter = new Emitter()
  const run = []
  const a = () => run.push('a')
  emitter.on('x', a).on('x', () => run.push('b')).addListener('x', a).prependListener(
    'x', () => run.push('first'))
  assert.equal(emitter.emit('x'), true)
  assert.deepEqual(run, ['first', 'a', 'b', 'a'])
})

alike('S-20: removeListener removes one instance of a listener, the most recently added one', Emitter => {
  const emitter = new Emitter()
  const run = []
  const a = () => run.push('a')
  const b = () => run.push('b')
  emitter.on('x', a).on('x', b).on('x', a)
  emitter.removeListener('x', a).emit('x')
  assert.deepEqual(run, ['a', 'b'])
  emitter.off('x', a).emit('x')
  assert.deepEqual(run, ['a', 'b', 'b'])
})

alike('S-20: removing an unknown listener does nothing, and each method returns the emitter', Emitter => {
  const emitter = new Emitter()
  const listener = () => {}
  for (const name of ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener', 'off',
    'removeListener', 'removeAllListeners']) {
    assert.equal(emitter[name]('x', listener), emitter, name)
  }
  assert.equal(emitter.off('unknown', listener), emitter)
  assert.equal(emitter.setMaxListeners(1), emitter)
})

alike('S-20: a listener gets the emitter as `this`, and every argument, undefined included', Emitter => {
  const emitter = new Emitter()
  let got
  emitter.on('x', function (...args) { got = [this, args.length, args] })
  emitter.emit('x', 1, undefined)
  assert.deepEqual(got, [emitter, 2, [1, undefined]])
})

alike('S-21: listeners added or removed during an emit count from the next emit on', Emitter => {
  const emitter = new Emitter()
  const run = []
  const late = () => run.push('late')
  const second = () => run.push('second')
  emitter.on('x', () => {
    run.push('first')
    emitter.off('x', second)
    emitter.on('x', late)
  })
  emitter.on('x', second)
  emitter.emit('x')
  assert.deepEqual(run, ['first', 'second'])
  emitter.emit('x')
  assert.deepEqual(run, ['first', 'second', 'first', 'late'])
})

alike('S-21: a once listener is removed before it runs, and off removes it by its own function', Emitter => {
  const emitter = new Emitter()
  let runs = 0
  emitter.once('x', () => {
    runs += 1
    assert.equal(emitter.listenerCount('x'), 0)
    emitter.emit('x')
  })
  assert.equal(emitter.emit('x'), true)
  assert.equal(emitter.emit('x'), false)
  assert.equal(runs, 1)
  const listener = () => assert.fail('it was removed')
  emitter.once('x', listener).off('x', listener).emit('x')
})

alike('S-21: a once listener runs once, even when an earlier listener emits again', Emitter => {
  const emitter = new Emitter()
  const run = []
  emitter.once('x', () => {
    run.push('first')
    emitter.emit('x')
  })
  emitter.once('x', () => run.push('second'))
  emitter.emit('x')
  assert.deepEqual(run, ['first', 'second'])
})

alike('S-21: a function that was added twice with once runs twice', Emitter => {
  const emitter = new Emitter()
  let runs = 0
  const listener = () => { runs += 1 }
  emitter.once('x', listener).once('x', listener).on('x', listener)
  emitter.emit('x')
  assert.equal(runs, 3)
  assert.equal(emitter.listenerCount('x'), 1)
})

alike('S-22: removeAllListeners removes the listeners of one channel, or of every one', Emitter => {
  const emitter = new Emitter()
  for (const name of ['a', 'a', 'b', 'c']) emitter.on(name, () => {})
  assert.deepEqual(emitter.removeAllListeners('a').eventNames(), ['b', 'c'])
  assert.deepEqual(emitter.removeAllListeners('unknown').eventNames(), ['b', 'c'])
  // A variable that is undefined must not clear everything.
  assert.deepEqual(emitter.removeAllListeners(undefined).eventNames(), ['b', 'c'])
  assert.deepEqual(emitter.removeAllListeners().eventNames(), [])
})

alike('S-23: eventNames lists the channels that have listeners, and is empty at first', Emitter => {
  const emitter = new Emitter()
  assert.deepEqual(emitter.eventNames(), [])
  const symbol = Symbol('s')
  const listener = () => {}
  emitter.on('b', listener).once('a', listener).on(symbol, listener).on('gone', listener).off(
    'gone', listener)
  assert.deepEqual(emitter.eventNames(), ['b', 'a', symbol])
  assert.equal(emitter.listenerCount('a'), 1)
  assert.equal(emitter.listenerCount('unknown'), 0)
  assert.deepEqual(emitter.listeners('a'), [listener])
  assert.deepEqual(emitter.listeners('unknown'), [])
})

alike("S-24: a plain emitter throws for an 'error' without listeners, and delivers it to one", Emitter => {
  const emitter = new Emitter()
  const error = new TypeError('x')
  assert.throws(() => emitter.emit('error', error), error)
  assert.throws(() => emitter.emit('error', 7), { name: 'Error', message: 'Unhandled error. (7)' })
  let got
  emitter.on('error', value => { got = value })
  assert.equal(emitter.emit('error', error), true)
  assert.equal(got, error)
})

alike('S-25: a listener that throws ends its emit, and no later one', Emitter => {
  const emitter = new Emitter()
  const run = []
  emitter.once('x', () => { throw new Error('thrown') })
  emitter.on('x', () => run.push('later'))
  assert.throws(() => emitter.emit('x'), { message: 'thrown' })
  assert.deepEqual(run, [])
  emitter.emit('x')
  assert.deepEqual(run, ['later'])
})

alike('S-37: any text is a channel', Emitter => {
  const emitter = new Emitter()
  const channels = ['', ' ', '__proto__', 'constructor', 'toString', 'ключ', '\u00e9', 'e\u0301', '\ud800',
    'x'.repeat(1 << 20)]
  const run = []
  for (const channel of channels) emitter.on(channel, () => run.push(channel))
  for (const channel of channels) assert.equal(emitter.emit(channel), true)
  assert.deepEqual(run, channels)
  assert.equal(emitter.emit('hasOwnProperty'), false)
})

alike('a listener that is not a function is a TypeError', Emitter => {
  for (const listener of [undefined, null, 'f', {}]) {
    assert.throws(() => new Emitter().on('x', listener),
      { name: 'TypeError', message: /^The "listener" argument must be of type function\. Received / })
  }
})

test('S-26: the eleventh listener of a channel causes a warning, once for each channel', () => {
  const console = quietConsole()
  const emitter = new (loadBridge({ console })('./node/emitter'))()
  for (let n = 0; n < 10; n++) emitter.on('x', () => {})
  assert.deepEqual(console.lines, [])
  for (let n = 0; n < 10; n++) emitter.on('x', () => {})
  assert.deepEqual(console.lines, [['warn',
    'Possible EventEmitter memory leak detected. 11 x listeners added. Use emitter.setMaxListeners() to increase limit']])
  for (let n = 0; n < 11; n++) emitter.once('y', () => {})
  assert.equal(console.lines.length, 2)
})

test('S-26: the limit is set for one emitter or for all, and 0 means no limit', () => {
  const console = quietConsole()
  const Emitter = loadBridge({ console })('./node/emitter')
  const emitter = new Emitter().setMaxListeners(0)
  for (let n = 0; n < 100; n++) emitter.on('x', () => {})
  assert.equal(emitter.getMaxListeners(), 0)
  Emitter.defaultMaxListeners = 20
  const other = new Emitter()
  assert.equal(other.getMaxListeners(), 20)
  for (let n = 0; n < 20; n++) other.on('x', () => {})
  assert.deepEqual(console.lines, [])
})

test('the module is the class EventEmitter, as in node', () => {
  const Emitter = bridgeEmitter()
  assert.equal(Emitter.EventEmitter, Emitter)
  assert.equal(Emitter.defaultMaxListeners, 10)
})

test('deliver and emit do not call a replaced Reflect.apply', () => {
  const emitter = new (bridgeEmitter())()
  const { deliver } = emitter.constructor
  const heard = []
  emitter.on('x', value => heard.push(value))
  const { apply } = Reflect
  try {
    Reflect.apply = () => heard.push('replaced')
    deliver(emitter, () => {}, 'x', 1)
    emitter.emit('x', 2)
  } finally {
    Reflect.apply = apply
  }
  assert.deepEqual(heard, [1, 2])
})
