// The hostile suite runs in this world, and exposes what it attacks itself.
globalThis.contextBridge = require('electron').contextBridge
globalThis.electron = require('electron')
