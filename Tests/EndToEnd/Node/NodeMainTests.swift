// The main process in JavaScript: its start, its loop, its errors and its end.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop) struct NodeMainTests {
    private static let page = ["index.html": "<!DOCTYPE html><title>A page</title>"]

    @Test func `A main script that is a module imports electron, and may await the app at its top level`()
      throws
    {
      let run = try NodeApp(
        Self.page.merging([
          "package.json": #"{ "name": "modules", "version": "4.5.6", "type": "module", "main": "main.js" }"#,
          "main.js": """
          import electron, { app, BrowserWindow } from 'electron'
          import { ipcMain } from 'electron/main'
          await app.whenReady()
          console.log('same', electron.app === app, electron.ipcMain === ipcMain)
          console.log('is', process.type, app.name, app.getVersion(), app.isPackaged)
          const window = new BrowserWindow()
          await window.loadFile('index.html')
          console.log('loaded', window.webContents.getURL())
          """,
        ]) { $1 })
      try run.app.waitForLog("same true true")
      try run.app.waitForLog("is browser modules 4.5.6 false")
      try run.app.waitForLog("loaded app://dev.martlet.electron.modules/index.html")
    }

    @Test func `Timers, ticks, promises, files, children, servers and workers work as in Node`() throws {
      let run = try NodeApp(
        Self.page.merging([
          "main.js": """
          const { app, BrowserWindow } = require('electron')
          const { execFile } = require('node:child_process')
          const { readFile } = require('node:fs/promises')
          const http = require('node:http')
          const { Worker } = require('node:worker_threads')

          app.whenReady().then(async () => {
            const window = new BrowserWindow()
            const order = []
            window.webContents.on('did-finish-load', () => {
              process.nextTick(() => order.push('tick'))
              Promise.resolve().then(() => order.push('promise'))
              setImmediate(() => order.push('immediate'))
              order.push('event')
            })
            await window.loadFile('index.html')
            await new Promise(resolve => setTimeout(resolve, 20))
            console.log(order.join())

            const { name } = JSON.parse(await readFile(`${__dirname}/package.json`, 'utf8'))
            const code = await new Promise(resolve => {
              execFile('sh', ['-c', 'exit 7'], error => resolve(error.code))
            })
            const server = http.createServer((request, response) => response.end('answer'))
            await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
            const response = await fetch(`http://127.0.0.1:${server.address().port}`)
            const answer = await response.text()
            server.close()
            const answering = "require('worker_threads').parentPort.postMessage(6 * 7)"
            const worker = new Worker(answering, { eval: true })
            const number = await new Promise(resolve => worker.on('message', resolve))
            console.log(name, code, answer, number)

            // Neither loop keeps the other from its turn.
            let turns = 0
            let isOver = false
            const flood = () => { turns++; if (!isOver) setImmediate(flood) }
            flood()
            await window.loadFile('index.html')
            isOver = true
            console.log('loaded in a flood', turns > 10)
          })
          """
        ]) { $1 })
      try run.app.waitForLog("event,tick,promise,immediate")
      try run.app.waitForLog("node-app 7 answer 42")
      try run.app.waitForLog("loaded in a flood true")
    }

    @Test func `An exception in a listener is an uncaught exception, and the app goes on when it is heard`()
      throws
    {
      let run = try NodeApp(
        Self.page.merging([
          "main.js": """
          const { app, BrowserWindow, ipcMain } = require('electron')
          process.on('uncaughtException', error => console.log('uncaught', error.message))
          app.whenReady().then(() => {
            ipcMain.on('fail', () => { throw new Error('in a listener') })
            ipcMain.handle('add', (event, a, b) => a + b)
            try { ipcMain.handle('add', () => {}) } catch (error) { console.log('threw', error.code) }
            try { new BrowserWindow({ width: 'wide' }) } catch (error) { console.log(`${error}`) }
            const window = new BrowserWindow({ webPreferences: { preload: `${__dirname}/preload.js` } })
            window.loadFile('index.html')
          })
          """,
          "preload.js": """
          const { ipcRenderer } = require('electron')
          ipcRenderer.send('fail')
          ipcRenderer.invoke('add', 1, 2).then(sum => console.log('sum', sum))
          ipcRenderer.invoke('nobody').catch(error => console.log(error.message))
          """,
        ]) { $1 })
      try run.app.waitForLog("threw ERR_IPC_DUPLICATE_HANDLER")
      try run.app.waitForLog("TypeError: width: expected a whole number, got string 'wide'")
      try run.app.waitForLog("uncaught in a listener")
      try run.app.waitForLog("sum 3")
      try run.app.waitForLog(
        "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'")
    }

    @Test func `An exception that is not heard is shown in a box, and the app goes on when that is closed`()
      throws
    {
      let run = try NodeApp(
        Self.page.merging([
          "main.js": """
          const { app, BrowserWindow } = require('electron')
          app.whenReady().then(async () => {
            const window = new BrowserWindow()
            await window.loadFile('index.html')
            setTimeout(() => { console.log('on it goes') }, 100)
            throw new Error('a rejection')
          })
          setTimeout(() => {
            setImmediate(() => console.log('after the box'))
            throw new Error('nobody hears this')
          }, 1000)
          """
        ]) { $1 })
      try run.app.waitForLog("a rejection")
      try run.app.waitForLog("on it goes")
      let box = try run.app.dialog(titled: "A JavaScript error occurred in the main process")
      try run.app.waitForLog("Uncaught Exception:\nError: nobody hears this")
      #expect(!run.app.log.contains("after the box"))
      try box.focus()
      try run.app.press("Return")
      try run.app.waitForLog("after the box")
    }

    @Test func `T-03 Closing can be prevented, and the exit status is the app's`() throws {
      let run = try NodeApp(
        Self.page.merging([
          "main.js": """
          const { app, BrowserWindow } = require('electron')
          app.on('window-all-closed', () => { console.log('all closed'); app.exit(7) })
          app.on('quit', (event, status) => console.log('quit with', status))
          app.whenReady().then(async () => {
            const window = new BrowserWindow()
            await window.loadFile('index.html')
            window.once('close', event => {
              event.preventDefault()
              console.log('prevented')
              setImmediate(() => { console.log('still', window.isDestroyed()); window.close() })
            })
            window.on('closed', () => {
              console.log('closed', BrowserWindow.getAllWindows().length, window.isDestroyed(), window.id)
              try { window.getTitle() } catch (error) { console.log(`${error}`) }
            })
            window.close()
          })
          """
        ]) { $1 })
      try run.app.waitForLog("prevented")
      try run.app.waitForLog("still false")
      try run.app.waitForLog("closed 0 true 1")
      try run.app.waitForLog("TypeError: Object has been destroyed")
      try run.app.waitForLog("quit with 7")
      #expect(try run.app.waitForExit() == 7)
    }

    @Test func `A closed window is garbage, with its contents and its listeners`() throws {
      let run = try NodeApp(
        Self.page.merging([
          "main.js": """
          const { app, BrowserWindow } = require('electron')
          require('node:v8').setFlagsFromString('--expose-gc')
          const gc = require('node:vm').runInNewContext('gc')
          const openAndClose = async () => {
            const window = new BrowserWindow()
            window.on('focus', () => window)
            window.webContents.on('did-finish-load', () => window)
            await window.loadFile('index.html')
            window.destroy()
            return [new WeakRef(window), new WeakRef(window.webContents)]
          }
          app.on('window-all-closed', () => {})
          app.whenReady().then(async () => {
            const closed = [...await openAndClose(), ...await openAndClose()]
            while (closed.some(reference => reference.deref() !== undefined)) {
              await new Promise(resolve => setTimeout(resolve, 20))
              gc()
            }
            console.log('collected', closed.length)
          })
          """
        ]) { $1 })
      try run.app.waitForLog("collected 4")
    }

    @Test func `SIGUSR1 starts Node's inspector, and no child inherits what moved WebKit's own signal`()
      throws
    {
      let run = try NodeApp(
        Self.page.merging([
          "main.js": """
          const { app, BrowserWindow } = require('electron')
          const { execFileSync } = require('node:child_process')
          app.whenReady().then(async () => {
            const window = new BrowserWindow()
            await window.loadFile('index.html')
            console.log('children have', execFileSync('env', { encoding: 'utf8' }).match(/^JSC_.*$/m))
            process.kill(process.pid, 'SIGUSR1')
            const { webContents } = window
            setTimeout(async () => console.log('alive', await webContents.executeJavaScript('1 + 1')), 200)
          })
          """
        ]) { $1 })
      try run.app.waitForLog("children have null")
      try run.app.waitForLog("Debugger listening on")
      try run.app.waitForLog("alive 2")
    }
  }
}
