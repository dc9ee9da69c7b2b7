// martlet.node without GTK: the tables of the classes, whose native half is JavaScript.

import { createRequire } from 'node:module'
import { nativeTables } from './native-tables.mjs'

const require = createRequire(import.meta.url)
export const { createElectron } = require('../../Resources/node/electron.cjs')
export const { serialize, deserialize } = require('../../Resources/node/wire.cjs')

const NAMES = [
  'App', 'BrowserWindow', 'WebContents', 'WebFrameMain', 'IpcMain', 'IpcMainEvent', 'IpcMainInvokeEvent',
  'InvokeReply', 'MessagePortMain', 'Menu', 'MenuItem', 'Dialog'
]

/** A table without members: its class is an emitter. */
function table (name) {
  return { name, methods: {}, statics: {}, properties: {}, listen () {}, stopListening () {} }
}

/** Gives the tables the members that those in Swift have, which do nothing. */
export function fill (classes) {
  const none = () => {}
  for (const [name, { methods, statics, properties }] of Object.entries(nativeTables())) {
    for (const key of methods) classes[name].methods[key] ??= none
    for (const key of statics) classes[name].statics[key] ??= none
    for (const key of properties) classes[name].properties[key] ??= { get: none, set: none }
  }
}

/** `{ electron, callbacks, classes, calls }`: what the scripts made, what they gave, and what they called. */
export function start (change = () => {}) {
  const calls = []
  const classes = Object.fromEntries(NAMES.map(name => [name, table(name)]))
  for (const each of Object.values(classes)) {
    each.listen = (object, event) => calls.push(['listen', each.name, event])
    each.stopListening = (object, event) => calls.push(['stopListening', each.name, event])
  }
  classes.App.methods.isReady = () => false
  classes.BrowserWindow.construct = function (options) { calls.push(['new BrowserWindow', options]) }
  classes.Menu.construct = function () {}
  classes.Menu.methods.insert = function (position, item) { calls.push(['insert', position, item]) }
  classes.Menu.statics.setApplicationMenu = menu => calls.push(['setApplicationMenu', menu])
  classes.MenuItem.construct = function (options) { calls.push(['new MenuItem', options]) }
  classes.IpcMain.methods.handle = function (channel, once) { calls.push(['handle', channel, once]) }
  classes.IpcMain.methods.removeHandler = function (channel) { calls.push(['removeHandler', channel]) }
  classes.IpcMainEvent.methods.answer = function (bytes) { calls.push(['answer', deserialize(bytes)]) }
  classes.IpcMainEvent.methods.reportUnreadable = (...values) => calls.push(['reportUnreadable', ...values])
  classes.WebContents.methods.send = function (channel, bytes) { calls.push(['send', deserialize(bytes)]) }
  classes.InvokeReply.methods.succeed = function (bytes) { calls.push(['succeed', deserialize(bytes)]) }
  classes.InvokeReply.methods.fail = function (name, message) { calls.push(['fail', name, message]) }
  change(classes)
  let callbacks
  const addon = {
    classes,
    start (given) {
      callbacks = given
      const modules = { app: 'App', ipcMain: 'IpcMain', dialog: 'Dialog' }
      for (const [name, type] of Object.entries(modules)) modules[name] = given.instantiate(type)
      return modules
    }
  }
  const electron = createElectron(addon, {
    folder: '/app', name: 'App', version: '1.2.3', id: 'dev.example.App'
  })
  return { electron, callbacks, classes: callbacks.classes, calls }
}
