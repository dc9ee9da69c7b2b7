// Everything that a preload finds around it, for the test of martlet.d.ts.
globalThis.electron = require('electron')
globalThis.surroundings = { require, setImmediate, clearImmediate, module, exports, process, global, Buffer }
