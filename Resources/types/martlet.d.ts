// Types for Martlet preloads: `require('electron')`, three of Node's modules, and the globals. The declarations are
// exact: Tests/EndToEnd/Documents/TypesTests.swift compares them with a preload's environment, in both directions.
//
// In a project: /// <reference path="…/martlet.d.ts" />, instead of Electron's and Node's own types, which declare
// more. A page has none of these: it only has the values that its preload exposes.

declare namespace Martlet {
  /** A value that can cross contextBridge: data is copied; functions and promises become proxies. */
  type Bridged = any

  /** A value that structured clone can send to the main process and back. */
  type Cloneable = any

  type Listener = (...args: any[]) => void

  /** The part of Node's EventEmitter that preloads use. */
  class EventEmitter {
    static defaultMaxListeners: number
    on(name: string | symbol, listener: Listener): this
    addListener(name: string | symbol, listener: Listener): this
    once(name: string | symbol, listener: Listener): this
    prependListener(name: string | symbol, listener: Listener): this
    prependOnceListener(name: string | symbol, listener: Listener): this
    off(name: string | symbol, listener: Listener): this
    removeListener(name: string | symbol, listener: Listener): this
    removeAllListeners(name?: string | symbol): this
    emit(name: string | symbol, ...args: any[]): boolean
    eventNames(): Array<string | symbol>
    listenerCount(name: string | symbol): number
    listeners(name: string | symbol): Listener[]
    getMaxListeners(): number
    setMaxListeners(count: number): this
  }
  namespace EventEmitter {
    export import EventEmitter = Martlet.EventEmitter
  }

  /** Exposes values of the preload to the page, across the isolation between their worlds. */
  interface ContextBridge {
    /** Defines `key` on the page's window: a frozen copy of `api`. Throws if the property exists. */
    exposeInMainWorld(key: string, api: Bridged): void
    /** The same for the isolated world with this number; 0 is the page's world and 999 the preload's own. */
    exposeInIsolatedWorld(worldId: number, key: string, api: Bridged): void
    /** Runs `func` in the page's world, from its text: of the preload it can only access `args`. */
    executeInMainWorld<Args extends any[], Result>(script: ExecutedScript<Args, Result>): Result
  }

  interface ExecutedScript<Args extends any[], Result> {
    func: (...args: Args) => Result
    args?: Args
  }

  /** Messages to and from the main process. A listener's first argument is the event. */
  interface IpcRenderer extends EventEmitter {
    on(channel: string, listener: (event: IpcRendererEvent, ...args: any[]) => void): this
    send(channel: string, ...args: Cloneable[]): void
    /** Rejects with the handler's error: its message, `name`, `code` and `data`. */
    invoke(channel: string, ...args: Cloneable[]): Promise<any>
    /** Blocks the page until the main process answers. */
    sendSync(channel: string, ...args: Cloneable[]): any
    /** Sends a message and transfers ports; `window.postMessage` transfers received ones to the page. */
    postMessage(channel: string, message: Cloneable, transfer?: MessagePort[]): void
  }

  interface IpcRendererEvent {
    sender: IpcRenderer
    ports: MessagePort[]
  }

  /** Runs scripts in this frame, not subject to the page's Content-Security-Policy. */
  interface WebFrame {
    /** The main process's name for this document: `WebFrameMain.frameToken`. */
    readonly frameToken: string
    /** Runs a script of the app in the page's world. Its awaited value crosses by contextBridge's rules. */
    executeJavaScript(code: string): Promise<any>
    /** Runs scripts in an isolated world, one after another; resolves to the value of the first. */
    executeJavaScriptInIsolatedWorld(worldId: number, scripts: WebSource[]): Promise<any>
  }

  interface WebSource {
    code: string
    url?: string
  }

  /** The part of Node's `process` that a sandboxed preload has. It emits `loaded` when the preload has run. */
  interface Process extends EventEmitter {
    readonly type: 'renderer'
    readonly platform: 'linux'
    readonly arch: string
    readonly argv: string[]
    /** Only the variables about the user's language and desktop, such as `LANG` and `TZ`. */
    readonly env: { [name: string]: string | undefined }
    readonly versions: { readonly [name: string]: string }
    readonly contextIsolated: true
    readonly sandboxed: true
    readonly isMainFrame: boolean
    /** The memory of the page's process, in kilobytes. */
    getProcessMemoryInfo(): Promise<ProcessMemoryInfo>
  }

  interface ProcessMemoryInfo {
    residentSet: number
    private: number
    shared: number
  }

  interface Electron {
    contextBridge: ContextBridge
    ipcRenderer: IpcRenderer
    webFrame: WebFrame
  }

  interface Timers {
    setTimeout(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): number
    clearTimeout(id?: number): void
    setInterval(callback: (...args: any[]) => void, milliseconds?: number, ...args: any[]): number
    clearInterval(id?: number): void
    setImmediate(callback: (...args: any[]) => void, ...args: any[]): number
    clearImmediate(id?: number): void
  }

  interface Url {
    URL: typeof URL
    URLSearchParams: typeof URLSearchParams
    fileURLToPath(url: string | URL): string
    pathToFileURL(path: string): URL
  }

  type Encoding = 'utf8' | 'utf-8' | 'hex' | 'base64' | 'base64url' | 'latin1' | 'binary' | 'ascii'

  /** The common part of Node's Buffer. It is sent as bytes, like any other typed array. */
  interface Buffer extends Uint8Array {
    toString(encoding?: Encoding, start?: number, end?: number): string
    /** Shares the memory, unlike `slice` of other typed arrays. */
    slice(start?: number, end?: number): Buffer
    toJSON(): { type: 'Buffer', data: number[] }
    equals(other: Uint8Array): boolean
  }

  interface BufferConstructor {
    readonly prototype: Buffer
    from(value: string, encoding?: Encoding): Buffer
    from(value: ArrayBuffer, offset?: number, length?: number): Buffer
    from(value: ArrayLike<number>): Buffer
    alloc(size: number, fill?: number): Buffer
    isBuffer(value: unknown): value is Buffer
    byteLength(value: string | ArrayBufferView | ArrayBuffer, encoding?: Encoding): number
    concat(list: Uint8Array[]): Buffer
  }
}

/** `close` is also fired, unlike in plain WebKit, when the other side of a port from the main process is closed. */
interface MessagePortEventMap {
  close: Event
}
interface MessagePort {
  onclose: ((this: MessagePort, event: Event) => any) | null
}

declare module 'electron' {
  export import ContextBridge = Martlet.ContextBridge
  export import IpcRenderer = Martlet.IpcRenderer
  export import IpcRendererEvent = Martlet.IpcRendererEvent
  export import WebFrame = Martlet.WebFrame
  export const contextBridge: ContextBridge
  export const ipcRenderer: IpcRenderer
  export const webFrame: WebFrame
}
declare module 'electron/renderer' { export * from 'electron' }
declare module 'electron/common' { export * from 'electron' }
declare module 'events' { export = Martlet.EventEmitter }
declare module 'node:events' { export = Martlet.EventEmitter }
declare module 'timers' { const timers: Martlet.Timers; export = timers }
declare module 'node:timers' { const timers: Martlet.Timers; export = timers }
declare module 'url' { const url: Martlet.Url; export = url }
declare module 'node:url' { const url: Martlet.Url; export = url }

// The preload's globals. `require` also finds files in the app's folder, by './name'.
declare function require(name: 'electron' | 'electron/renderer' | 'electron/common'): Martlet.Electron
declare function require(name: 'events' | 'node:events'): typeof Martlet.EventEmitter
declare function require(name: 'timers' | 'node:timers'): Martlet.Timers
declare function require(name: 'url' | 'node:url'): Martlet.Url
declare function require(name: string): any
declare function setImmediate(callback: (...args: any[]) => void, ...args: any[]): number
declare function clearImmediate(id?: number): void
declare const module: { exports: any, readonly filename: string, readonly loaded: boolean }
declare const exports: any
declare const process: Martlet.Process
declare const global: typeof globalThis
declare const Buffer: Martlet.BufferConstructor
