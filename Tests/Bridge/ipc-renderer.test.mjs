// Tests ipcRenderer over a transport that records its envelopes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBridge, quietConsole } from './support/bridge.mjs'

/** An ipcRenderer whose envelopes are recorded, cloned, in `posted`; `answer` answers sendSync. */
function renderer (answer) {
  const console = quietConsole()
  const require = loadBridge({ console })
  const IpcRenderer = require('./ipc-renderer')
  const { encode, decode } = require('./lane/envelope')
  const { kinds } = require('./lane/wire')
  const posted = []
  const clone = (kind, call, value) => decode(encode(kind, call, value).slice())
  const transport = {
    post: (kind, call, value) => { posted.push(clone(kind, call, value)) },
    callSync (kind, value) {
      posted.push(clone(kind, 0, value))
      return { kind: kinds.reply, call: 0, value: answer(value) }
    }
  }
  const ipcRenderer = new IpcRenderer(transport)
  return {
    ipcRenderer,
    posted,
    kinds,
    console,
    settle: (call, value) => IpcRenderer.receiver(ipcRenderer)({ kind: kinds.reply, call, value }),
    deliver: (value, ports) => IpcRenderer.deliver(ipcRenderer, value, ports)
  }
}

const uncloneable = { name: 'Error', message: 'An object could not be cloned.' }
const missingChannel = { name: 'TypeError', message: 'Missing required channel argument' }

test('checklist 20: a listener that is a function of the page causes a warning', () => {
  const console = quietConsole()
  const IpcRenderer = loadBridge({ console })('./ipc-renderer')
  const ofPage = () => {}
  const ipcRenderer = new IpcRenderer({}, f => f === ofPage)
  for (const add of ['on', 'once', 'addListener']) ipcRenderer[add]('channel', ofPage)[add](
    'channel', () => {})
  assert.deepEqual(console.lines.map(([level, text]) => [level, text.includes("'channel'")]),
    [['warn', true], ['warn', true], ['warn', true]])
  assert.equal(ipcRenderer.listenerCount('channel'), 6)
})

// ---- send

test('S-01: send returns undefined and keeps the number of arguments', () => {
  const { ipcRenderer, posted, kinds } = renderer()
  assert.equal(ipcRenderer.send('channel', 1, undefined), undefined)
  ipcRenderer.send('')
  assert.deepEqual(posted, [
    { kind: kinds.send, call: 0, value: ['channel', 1, undefined] },
    { kind: kinds.send, call: 0, value: [''] }
  ])
})

test('S-06: send, invoke and sendSync leave in the order of the calls', async () => {
  const { ipcRenderer, posted } = renderer(() => [true, undefined])
  ipcRenderer.send('a')
  ipcRenderer.invoke('b')
  ipcRenderer.sendSync('c')
  ipcRenderer.send('d')
  assert.deepEqual(posted.map(({ value }) => value[0]), ['a', 'b', 'c', 'd'])
})

test('S-09: an argument that is changed after the call arrives as it was at the call', () => {
  const { ipcRenderer, posted } = renderer()
  const list = [1]
  ipcRenderer.send('channel', list)
  list.push(2)
  assert.deepEqual(posted[0].value[1], [1])
})

test('S-10: send, sendSync and invoke fail for an uncloneable value, and send nothing', async () => {
  const { ipcRenderer, posted } = renderer(() => assert.fail('it was sent'))
  assert.throws(() => ipcRenderer.send('channel', () => {}), uncloneable)
  assert.throws(() => ipcRenderer.sendSync('channel', { s: Symbol('s') }), uncloneable)
  const call = ipcRenderer.invoke('channel', [new WeakMap()])
  await assert.rejects(call, uncloneable)
  assert.deepEqual(posted, [])
})

test('S-10: send and invoke fail with the error that a getter throws', async () => {
  const { ipcRenderer } = renderer()
  const trap = { get x () { throw new RangeError('mine') } }
  assert.throws(() => ipcRenderer.send('channel', trap), { name: 'RangeError', message: 'mine' })
  await assert.rejects(ipcRenderer.invoke('channel', trap), { name: 'RangeError', message: 'mine' })
})

test('S-10: an invoke that could not be sent leaves no pending call', async () => {
  const { ipcRenderer, posted, settle } = renderer()
  const failed = ipcRenderer.invoke('channel', () => {})
  const good = ipcRenderer.invoke('channel', 1)
  await assert.rejects(failed, uncloneable)
  assert.equal(posted.length, 1)
  for (let call = 0; call < 10; call++) if (call !== posted[0].call) settle(call, [true, "somebody else's"])
  settle(posted[0].call, [true, 'ours'])
  assert.equal(await good, 'ours')
})

test('S-14: send and sendSync throw for a channel that is not a string, and invoke rejects', async () => {
  const { ipcRenderer, posted } = renderer(() => [true, 1])
  for (const channel of [undefined, null, 1, Object('boxed'), ['list']]) {
    assert.throws(() => ipcRenderer.send(channel), missingChannel)
    assert.throws(() => ipcRenderer.sendSync(channel), missingChannel)
    await assert.rejects(ipcRenderer.invoke(channel), missingChannel)
  }
  assert.deepEqual(posted, [])
})

// ---- invoke

test("S-29: invoke resolves with the handler's result, undefined included", async () => {
  const { ipcRenderer, posted, settle } = renderer()
  for (const value of [undefined, null, 0, '', false, { sum: 3 }]) {
    const call = ipcRenderer.invoke('channel')
    settle(posted.at(-1).call, [true, value])
    assert.deepEqual(await call, value)
  }
})

test('S-35: 10,000 pending calls resolve to their own results, in any order of the replies', async () => {
  const { ipcRenderer, posted, settle, kinds } = renderer()
  const calls = Array.from({ length: 10000 }, (_, index) => ipcRenderer.invoke('echo', index))
  assert.equal(new Set(posted.map(({ call }) => call)).size, 10000)
  assert.ok(posted.every(({ kind, call }) => kind === kinds.invoke && call !== 0))
  for (const { call, value } of [...posted].reverse()) settle(call, [true, value[1]])
  assert.deepEqual(await Promise.all(calls), calls.map((_, index) => index))
})

test('a reply without a pending call, or a second reply, is ignored', async () => {
  const { ipcRenderer, posted, settle } = renderer()
  settle(1, [true, 'too early'])
  const call = ipcRenderer.invoke('channel')
  settle(posted[0].call, [true, 1])
  settle(posted[0].call, [false, { detail: 'again' }])
  settle(12345, [false, { detail: 'unknown' }])
  assert.equal(await call, 1)
})

/** The error that a failed invoke of `channel` rejects with. */
async function failure (channel, about) {
  const { ipcRenderer, posted, settle } = renderer()
  const call = ipcRenderer.invoke(channel)
  settle(posted[0].call, [false, about])
  return call.then(() => assert.fail('it resolved'), error => error)
}

test("S-30 to S-34: a failed invoke rejects with a plain Error and Electron's text", async () => {
  for (const [detail, channel = 'channel'] of [
    ['Error: some error'], ['TypeError: x'], ["Error: No handler registered for 'it's'", "it's"],
    ['reply was never sent'], ['Error: An object could not be cloned.'], [''], ['Error: $& $1', '$&']
  ]) {
    const error = await failure(channel, { detail })
    assert.equal(Object.getPrototypeOf(error), Error.prototype)
    assert.equal(error.message, `Error invoking remote method '${channel}': ${detail}`)
    assert.equal(error.name, 'Error')
    assert.equal('code' in error || 'data' in error, false)
  }
})

test("S-30: name, code and data of an IpcError arrive, in addition to Electron's text", async () => {
  const error = await failure(
    'open', { detail: 'NotFound: no such file', name: 'NotFound', code: 'ENOENT', data: { path: '/x' } })
  assert.equal(error.message, "Error invoking remote method 'open': NotFound: no such file")
  assert.equal(String(error), `NotFound: ${error.message}`)
  assert.equal(error.code, 'ENOENT')
  assert.deepEqual(error.data, { path: '/x' })
  assert.equal(Object.getPrototypeOf(error), Error.prototype)
  assert.equal((await failure('open', { detail: 'd', data: null })).data, null)
})

// ---- sendSync

test('S-38: sendSync returns the value that was assigned, falsy values included', () => {
  for (const value of [undefined, null, 0, '', false, NaN, { a: [1] }]) {
    const { ipcRenderer, posted, kinds } = renderer(() => [true, value])
    assert.deepEqual(ipcRenderer.sendSync('channel', 1), value)
    assert.deepEqual(posted, [{ kind: kinds.sendSync, call: 0, value: ['channel', 1] }])
  }
})

test('S-40: sendSync throws an Error with the text of the failure', () => {
  const { ipcRenderer } = renderer(() => [false, { detail: 'reply was never sent' }])
  assert.throws(() => ipcRenderer.sendSync('channel'), { name: 'Error', message: 'reply was never sent' })
})

// ---- messages from the main process

test('S-18: a listener gets the event and the arguments', () => {
  const { ipcRenderer, deliver } = renderer()
  const got = []
  ipcRenderer.on('channel', (...args) => got.push(args))
  deliver(['channel', 1, undefined])
  deliver(['other', 2])
  assert.deepEqual(got, [[{ sender: ipcRenderer, ports: [] }, 1, undefined]])
  assert.equal(got[0][0].sender, ipcRenderer)
  const ports = ['port']
  deliver(['channel'], ports)
  assert.equal(got[1][0].ports, ports)
})

test('S-07: a message without a listener is dropped, and not kept for a later listener', () => {
  const { ipcRenderer, deliver } = renderer()
  deliver(['channel', 1])
  ipcRenderer.on('channel', () => assert.fail('it was kept'))
})

test("S-23, S-24: a new ipcRenderer has no channels, and 'error' is a channel like any other", () => {
  const { ipcRenderer, deliver, console } = renderer()
  assert.deepEqual(ipcRenderer.eventNames(), [])
  deliver(['error', 'nobody listens'])
  const got = []
  ipcRenderer.once('error', (_, text) => got.push(text))
  deliver(['error', 'heard'])
  deliver(['error', 'nobody listens again'])
  assert.deepEqual(got, ['heard'])
  assert.deepEqual(console.lines, [])
})

test('S-25: a listener that throws is reported, and stops neither the others nor the next message', () => {
  const { ipcRenderer, deliver, console } = renderer()
  const got = []
  const error = new Error('mine')
  ipcRenderer.once('channel', () => { throw error })
  ipcRenderer.on('channel', (_, value) => got.push(value))
  deliver(['channel', 1])
  deliver(['channel', 2])
  assert.deepEqual(console.lines, [['error', error]])
  assert.deepEqual(got, [1, 2])
})

test('S-37: any text is a channel', async () => {
  const { ipcRenderer, posted, deliver } = renderer()
  const got = []
  const channels = ['', '__proto__', 'constructor', 'ключ', '\u00e9', 'e\u0301', '\ud800', 'x'.repeat(100000)]
  for (const channel of channels) {
    ipcRenderer.on(channel, () => got.push(channel))
    ipcRenderer.send(channel)
  }
  for (const channel of channels) deliver([channel])
  assert.deepEqual(posted.map(({ value }) => value[0]), channels)
  assert.deepEqual(got, channels)
})
