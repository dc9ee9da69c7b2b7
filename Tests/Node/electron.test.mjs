// The module `electron` of the main process, over a fake addon.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serialize, start } from './fake-addon.mjs'

test('native code is subscribed to an event while it has listeners', () => {
  const { electron, calls } = start()
  const heard = () => {}
  electron.app.on('activate', heard)
  electron.app.once('activate', heard)
  assert.deepEqual(calls, [['listen', 'App', 'activate']])
  electron.app.emit('activate')
  electron.app.off('activate', heard)
  assert.deepEqual(calls.slice(1), [['stopListening', 'App', 'activate']])
  electron.app.prependListener('activate', heard)
  electron.app.prependOnceListener('before-quit', heard)
  electron.app.removeAllListeners()
  assert.deepEqual(calls.slice(2), [
    ['listen', 'App', 'activate'], ['listen', 'App', 'before-quit'],
    ['stopListening', 'App', 'activate'], ['stopListening', 'App', 'before-quit']
  ])
})

test('an event says whether a listener has prevented it', () => {
  const { electron, callbacks } = start()
  const window = new electron.BrowserWindow({ width: 7 })
  assert.equal(callbacks.emit(window, 'close'), false)
  window.on('close', event => event.preventDefault())
  assert.equal(callbacks.emit(window, 'close'), true)
  let values
  window.on('page-title-updated', (event, ...rest) => { values = rest })
  callbacks.emit(window, 'page-title-updated', 'Title', true)
  assert.deepEqual(values, ['Title', true])
})

test('whenReady resolves with ready', async () => {
  const { electron, callbacks } = start()
  let isReady = false
  const waiting = electron.app.whenReady().then(() => { isReady = true })
  await Promise.resolve()
  assert.equal(isReady, false)
  callbacks.emit(electron.app, 'ready')
  await waiting
  assert.equal(isReady, true)
})

test('S-20 S-24 messages go to the listeners of their channel, also of one named error', () => {
  const { electron, callbacks } = start()
  const heard = []
  electron.ipcMain.on('error', (event, ...values) => heard.push(values))
  const bytes = serialize(['error', 1, new Map([[2, 3]])])
  callbacks.message(electron.ipcMain, 'error', callbacks.instantiate('IpcMainEvent'), bytes)
  assert.deepEqual(heard, [[1, new Map([[2, 3]])]])
})

test('a message of false bytes reaches no listener, and is reported', () => {
  const { electron, callbacks, calls } = start()
  electron.ipcMain.on('channel', () => assert.fail('it was emitted'))
  const event = callbacks.instantiate('IpcMainEvent')
  callbacks.message(electron.ipcMain, 'channel', event, Buffer.from([255, 15, 7]))
  assert.deepEqual(calls.slice(1), [
    ['reportUnreadable', 'channel', 'Error: Unable to deserialize cloned data.']
  ])
})

test('S-38 MAIN-02 the first value of returnValue is the answer', () => {
  const { callbacks, calls } = start()
  const event = callbacks.instantiate('IpcMainEvent')
  assert.equal(event.returnValue, undefined)
  event.returnValue = { a: 1 }
  event.returnValue = 2
  assert.deepEqual(calls, [['answer', [true, { a: 1 }]]])
  assert.deepEqual(event.returnValue, { a: 1 })
})

test('S-33 a value that cannot be cloned is refused with Electron\'s text', () => {
  const { electron, callbacks, calls } = start()
  const contents = callbacks.instantiate('WebContents')
  contents.send('channel', 1, 'two')
  assert.deepEqual(calls, [['send', ['channel', 1, 'two']]])
  assert.throws(() => contents.send('channel', () => {}), { message: 'An object could not be cloned.' })
  assert.throws(() => contents.send(), { name: 'TypeError', message: 'Missing required channel argument' })
  const thrown = new Error('mine')
  assert.throws(() => contents.send('channel', { get a () { throw thrown } }), thrown)
  assert.equal(electron.webContents.fromId, undefined)
})

test('IPC-01 to IPC-04 S-30 a handler\'s value or error is the answer', async t => {
  const { electron, callbacks, calls } = start()
  t.mock.method(console, 'error', () => {})
  const invoke = (channel, ...values) => callbacks.invoke(
    electron.ipcMain, channel, callbacks.instantiate('IpcMainInvokeEvent'),
    callbacks.instantiate('InvokeReply'), serialize([channel, ...values]))
  electron.ipcMain.handle('add', (event, a, b) => a + b)
  electron.ipcMain.handleOnce('later', async () => { throw new TypeError('no') })
  electron.ipcMain.handle('function', () => () => {})
  await invoke('add', 1, 2)
  await invoke('later')
  await invoke('function')
  assert.deepEqual(calls, [
    ['handle', 'add', false], ['handle', 'later', true], ['handle', 'function', false],
    ['succeed', [true, 3]], ['fail', '', 'TypeError: no'], ['fail', '', 'Error: An object could not be cloned.']
  ])
  assert.match(String(console.error.mock.calls[0].arguments[0]), /Error occurred in handler for 'later'/)
})

test('a handler is a function', () => {
  const { electron } = start()
  assert.throws(() => electron.ipcMain.handle('channel'), {
    message: "Expected handler to be a function, but found type 'undefined'"
  })
})

test('a menu is built of a template, and its items keep their closures', () => {
  const { electron, callbacks, calls } = start()
  const clicked = []
  const menu = electron.Menu.buildFromTemplate([
    {
      label: 'A',
      submenu: [{ label: 'B', click: (item, window) => clicked.push([item.constructor.name, window]) }]
    },
    { type: 'separator' }
  ])
  assert.equal(menu.items.length, 2)
  const item = menu.items[0].submenu.items[0]
  callbacks.click(item, null)
  assert.deepEqual(clicked, [['MenuItem', undefined]])
  electron.Menu.setApplicationMenu(menu)
  assert.equal(electron.Menu.getApplicationMenu(), menu)
  assert.equal(calls.filter(([name]) => name === 'new MenuItem').length, 3)
  assert.throws(() => electron.Menu.buildFromTemplate('x'), /must be an array/)
  assert.throws(() => electron.Menu.buildFromTemplate([7]), /must have at least one of label, role or type/)
})

test('a module that Martlet lacks is an error where it is used, with the reason', () => {
  const { electron } = start()
  const { Tray, shell, autoUpdater } = electron
  assert.throws(() => new Tray('icon.png'), { message: /^Martlet has no Tray: / })
  assert.throws(() => shell.openExternal('x'), { message: /^Martlet has no shell\.openExternal: / })
  assert.throws(() => autoUpdater.checkForUpdates(), { message: /updates come with the package/ })
})
