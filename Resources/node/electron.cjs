'use strict'

// The module `electron` of the main process, over the addon's tables.

const { defineClass, BY_NATIVE } = require('./define-class.cjs')
const { Event } = require('./emitter.cjs')
const ipc = require('./ipc.cjs')
const menu = require('./menu.cjs')
const { defineWebContents, defineBrowserWindow } = require('./windows.cjs')
const { defineMessagePort, defineMessageChannel } = require('./message-ports.cjs')
const { missingModules, addMissingMembers } = require('./missing.cjs')
const { defineApp } = require('./app.cjs')

/** `app` is the app's package, see app-package.cjs. */
function createElectron (addon, app) {
  const { classes: tables } = addon
  const classes = {
    App: defineApp(tables.App, app),
    BrowserWindow: defineBrowserWindow(tables.BrowserWindow),
    WebContents: defineWebContents(tables.WebContents),
    WebFrameMain: defineClass(tables.WebFrameMain, ipc.withMessages),
    IpcMain: ipc.defineIpcMain(tables.IpcMain),
    IpcMainEvent: ipc.defineIpcMainEvent(tables.IpcMainEvent),
    IpcMainInvokeEvent: ipc.defineInvokeEvent(tables.IpcMainInvokeEvent),
    InvokeReply: defineClass(tables.InvokeReply),
    MessagePortMain: defineMessagePort(tables.MessagePortMain),
    Dialog: defineClass(tables.Dialog, Native => class extends Native {
      showOpenDialog (...values) { return super.showOpenDialog(...withWindow(values)) }
    }),
    ...menu.defineMenus(tables.Menu, tables.MenuItem)
  }
  for (const [name, Class] of Object.entries(classes)) addMissingMembers(name, Class.prototype)
  const modules = addon.start({
    emit,
    message: ipc.message,
    invoke: ipc.invoke,
    click: menu.click,
    instantiate: name => new classes[name](BY_NATIVE),
    classes,
    // The call that quits goes on first.
    exit: status => { setImmediate(() => process.exit(status)) }
  }, app)
  const { BrowserWindow, WebContents, WebFrameMain, Menu, MenuItem, MessagePortMain } = classes
  return {
    ...missingModules(),
    ...modules,
    BrowserWindow,
    Menu,
    MenuItem,
    MessageChannelMain: defineMessageChannel(MessagePortMain),
    webContents: {
      fromId: WebContents.fromId,
      getAllWebContents: WebContents.getAllWebContents,
      getFocusedWebContents: () => BrowserWindow.getFocusedWindow()?.webContents ?? null,
      fromFrame: frame =>
        WebContents.getAllWebContents().find(contents => contents.mainFrame === frame?.top)
    },
    webFrameMain: { fromId: WebFrameMain.fromId, fromFrameToken: WebFrameMain.fromFrameToken }
  }

  /** Emits a native event: whether a listener has prevented it. */
  function emit (target, name, ...values) {
    const event = new Event(target)
    target.emit(name, ...(target.constructor.listenerArguments?.(name, event, values) ?? [event, ...values]))
    return event.defaultPrevented
  }

  /** The arguments of a dialog: `[window, ]options`. */
  function withWindow ([first, second]) {
    return first instanceof BrowserWindow ? [first, second ?? {}] : [undefined, first ?? second ?? {}]
  }
}

module.exports = { createElectron }
