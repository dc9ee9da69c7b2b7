// Every page of the Gallery has this preload, which gives the side bar and the code panel what they show, and
// then runs the page's own.
const { contextBridge, ipcRenderer } = require('electron')

const folder = location.pathname.split('/')[1]

contextBridge.exposeInMainWorld('gallery', {
  page: folder,
  pages: ipcRenderer.sendSync('gallery:pages'),
  code: () => ipcRenderer.invoke('gallery:code', folder)
})

require(`./${folder}/preload.js`)
