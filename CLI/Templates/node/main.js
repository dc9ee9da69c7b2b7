const { app, BrowserWindow, ipcMain } = require('electron')
const path = require('node:path')

function createWindow () {
  const window = new BrowserWindow({
    webPreferences: { preload: path.join(__dirname, 'preload.js') }
  })
  window.loadFile('index.html')
}

app.whenReady().then(() => {
  ipcMain.handle('greeting', (event, name) => `Hello, ${name}!`)
  ipcMain.on('set-title', (event, title) => {
    BrowserWindow.fromWebContents(event.sender).setTitle(title)
  })
  createWindow()
})

app.on('window-all-closed', () => app.quit())
