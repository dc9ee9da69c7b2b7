const { contextBridge } = require('electron')

contextBridge.exposeInMainWorld('before', true)
thisIsNotDefined()
