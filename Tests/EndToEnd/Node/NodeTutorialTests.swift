// The tutorial's four files of every pattern run unmodified, main.js included.

import MartletTesting
import MartletClone
import Testing

extension EndToEnd {
  @Suite(.serialized, .ownDesktop, .enabled(if: TutorialText.isThere)) struct NodeTutorialTests {
    private func files(_ pattern: String, preload: Int = 0, renderer: Int = 0) throws -> [String: String] {
      let tutorial = try TutorialText()
      return [
        "main.js": try tutorial.program(after: pattern),
        "index.html": try tutorial.listing("index.html", after: pattern),
        "preload.js": try tutorial.listing("preload.js", after: pattern, number: preload),
        "renderer.js": try tutorial.listing("renderer.js", after: pattern, number: renderer),
      ]
    }

    @Test func `Pattern 1, renderer to main, with the tutorial's main script`() throws {
      let run = try NodeApp(files("Pattern 1"))
      let window = try run.app.window(titled: "Hello World!")
      try window.click("#title")
      try run.app.type("The tutorial")
      try window.wait(for: "titleInput.value", toBe: "The tutorial")
      try window.click("#btn")
      _ = try run.app.window(titled: "The tutorial")
    }

    @Test func `Pattern 2, renderer to main and back, with the tutorial's main script`() throws {
      let run = try NodeApp(files("Pattern 2"))
      let window = try run.app.window(titled: "Dialog")
      try window.click("#btn")
      try run.app.dialog(titled: "Open File").choose(path: "/etc/hostname")
      try window.wait(for: "filePath.innerText", toBe: "/etc/hostname")
      try window.click("#btn")
      _ = try run.app.dialog(titled: "Open File")
      try run.app.press("Escape")
      try window.wait(for: "filePath.innerText", toBe: "undefined")
    }

    @Test func `Pattern 3, main to renderer, with the tutorial's main script and its reply`() throws {
      let run = try NodeApp(files("Pattern 3", preload: 2, renderer: 1))
      let window = try run.app.window(titled: "Menu Counter")
      try window.waitUntilPainted()
      try window.chooseMenu("Node app", "Increment")
      try window.wait(for: "counter.innerText", toBe: "1")
      try window.chooseMenu("Node app", "Decrement")
      try window.wait(for: "counter.innerText", toBe: "0")
      try run.app.waitForLog("1\n0\n")
    }

    @Test func `The legacy ways, send with a reply and sendSync, with the tutorial's main scripts`() throws {
      let tutorial = try TutorialText()
      for heading in ["Using ipcRenderer.send", "Using ipcRenderer.sendSync"] {
        // The listings have no page and no window: any will do.
        let run = try NodeApp([
          "main.js": try tutorial.listing("main.js", after: heading)
            .replacing("const { ipcMain } = require('electron')\n", with: "")
            + "app.whenReady().then(() => new BrowserWindow({ webPreferences: "
            + "{ preload: path.join(__dirname, 'preload.js') } }).loadFile('index.html'))\n",
          "index.js": "Object.assign(globalThis, require('electron'), { path: require('node:path') })\n"
            + "require('./main.js')\n",
          "package.json": #"{ "name": "legacy" }"#,
          "index.html": try tutorial.listing("index.html", after: "Pattern 1"), "renderer.js": "",
          "preload.js": try tutorial.listing("preload.js", after: heading),
        ])
        try run.app.waitForLog("ping")
        try run.app.waitForLog("pong")
      }
    }

    @Test func `Pattern 4, renderer to renderer, through the main process and by a port`() throws {
      let page = "<!DOCTYPE html><title>NAME</title><p id='heard'></p><script src='renderer.js'></script>"
      let run = try NodeApp([
        "main.js": """
        const { app, BrowserWindow, ipcMain, MessageChannelMain } = require('electron')
        const path = require('node:path')
        app.whenReady().then(async () => {
          const [one, two] = ['one', 'two'].map(() => new BrowserWindow({
            webPreferences: { preload: path.join(__dirname, 'preload.js') }
          }))
          await Promise.all([one.loadFile('one.html'), two.loadFile('two.html')])
          ipcMain.on('to-other', (event, text) => {
            const other = BrowserWindow.fromWebContents(event.sender) === one ? two : one
            other.webContents.send('from-other', text)
          })
          const { port1, port2 } = new MessageChannelMain()
          one.webContents.postMessage('port', null, [port1])
          two.webContents.postMessage('port', null, [port2])
        })
        """,
        "preload.js": """
        const { contextBridge, ipcRenderer } = require('electron')
        let port
        const opened = new Promise(resolve => ipcRenderer.on('port', event => {
          port = event.ports[0]
          port.onmessage = ({ data }) => { document.getElementById('heard').textContent += ` port:${data}` }
          resolve()
        }))
        ipcRenderer.on('from-other', (event, text) => {
          document.getElementById('heard').textContent += ` main:${text}`
        })
        contextBridge.exposeInMainWorld('other', {
          send: text => ipcRenderer.send('to-other', text),
          post: text => opened.then(() => port.postMessage(text))
        })
        """,
        "renderer.js": "", "one.html": page.replacing("NAME", with: "One"),
        "two.html": page.replacing("NAME", with: "Two"),
      ])
      let one = try run.app.window(titled: "One")
      let two = try run.app.window(titled: "Two")
      try one.evaluate("other.post('by port'); 1")
      try two.wait(for: "heard.textContent", toBe: " port:by port")
      try two.evaluate("other.send('by main'); 1")
      try one.wait(for: "heard.textContent", toBe: " main:by main")
    }
  }
}
