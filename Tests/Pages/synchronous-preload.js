// Asks while its page is loading, and is destroyed by the answer.
require('electron').ipcRenderer.sendSync('destroy-while-loading')
