// What a preload in TypeScript may write, and, each below a line that says so, what it may not. Compiled by
// Tests/Bridge/types.test.mjs; never run.
/// <reference path="../../Resources/types/martlet.d.ts" />
import { contextBridge, ipcRenderer, webFrame, IpcRendererEvent, IpcRenderer } from 'electron'
import * as renderer from 'electron/renderer'
import * as common from 'electron/common'
import EventEmitter = require('events')
import { EventEmitter as Named } from 'node:events'
import timers = require('timers')
import url = require('node:url')

// contextBridge
contextBridge.exposeInMainWorld('api', { say: (text: string) => ipcRenderer.send('say', text) })
contextBridge.exposeInIsolatedWorld(1004, 'api', 1)
const sum: number = contextBridge.executeInMainWorld({ func: (a: number, b: number) => a + b, args: [1, 2] })
// @ts-expect-error the key is a text
contextBridge.exposeInMainWorld(1, {})
// @ts-expect-error the arguments are the function's
contextBridge.executeInMainWorld({ func: (a: number) => a, args: ['1'] })
// @ts-expect-error and so is the result
const text: string = contextBridge.executeInMainWorld({ func: () => 1 })

// ipcRenderer
ipcRenderer.on('tick', (event: IpcRendererEvent, count: number) => { event.sender.send('tock', count, event.ports.length) })
const nothing: void = ipcRenderer.send('channel', 1, { a: [new Date()] })
const reply: Promise<any> = ipcRenderer.invoke('channel', 1)
const answer: number = ipcRenderer.sendSync('channel')
ipcRenderer.postMessage('channel', null, [new MessageChannel().port1])
const chained: IpcRenderer = ipcRenderer.once('a', () => {}).off('a', () => {}).removeAllListeners('a')
// @ts-expect-error a channel is a text
ipcRenderer.send(1)
// @ts-expect-error there is no channel
ipcRenderer.invoke()
// @ts-expect-error nothing is returned
const date: Date = ipcRenderer.send('channel')
// @ts-expect-error what invoke gives is awaited
const sync: number = ipcRenderer.invoke('channel')
// @ts-expect-error ports are a list
ipcRenderer.postMessage('channel', null, new MessageChannel().port1)
// @ts-expect-error buffers are not transferred
ipcRenderer.postMessage('channel', null, [new ArrayBuffer(1)])
// @ts-expect-error a message has no method
ipcRenderer.on('tick', (event: IpcRendererEvent) => event.reply('x'))
// @ts-expect-error Electron has it, Martlet has not
ipcRenderer.sendToHost('channel')

// webFrame
const token: string = webFrame.frameToken
const value: Promise<any> = webFrame.executeJavaScript('1')
webFrame.executeJavaScriptInIsolatedWorld(1004, [{ code: '1', url: 'a.js' }])
// @ts-expect-error the token is the frame's
webFrame.frameToken = ''
// @ts-expect-error scripts are objects
webFrame.executeJavaScriptInIsolatedWorld(1004, ['1'])

// ports
const { port1 } = new MessageChannel()
port1.onclose = () => {}
port1.addEventListener('close', (event: Event) => { event.type })

// what is around
const emitter = new EventEmitter().on('a', () => {})
const other: Named = new EventEmitter.EventEmitter()
const id: number = timers.setImmediate(() => {}) + setImmediate(() => {})
const path: string = url.fileURLToPath('file:///a') + process.argv[0] + process.versions.webkit
const bytes: Uint8Array = Buffer.concat([Buffer.from('ff', 'hex'), new Uint8Array(1)]).slice(0, 1)
const hex: string = Buffer.from([1, 2]).toString('hex')
process.getProcessMemoryInfo().then(({ residentSet }: { residentSet: number }) => residentSet)
process.once('loaded', () => {})
const same: boolean = renderer.ipcRenderer === common.ipcRenderer
// @ts-expect-error no encoding of that name
Buffer.from('a', 'utf7')
// @ts-expect-error no number
Buffer.from(1)
// @ts-expect-error there is no Node
process.exit(1)
// @ts-expect-error it is what it is
process.sandboxed = false

export { sum, text, nothing, reply, answer, chained, date, sync, token, value, emitter, other, id, path, bytes, hex, same }
