const { contextBridge } = require('electron')

class Person {
  constructor () { this.name = 'Ada' }
  greet () { return 'hello' }
}

contextBridge.exposeInMainWorld('electronAPI', {
  person: new Person(),
  add: (a, b) => a + b,
  later: async text => text,
  callMe: callback => callback('the preload'),
  fail: () => { throw Object.assign(new TypeError('no'), { secret: 'kept' }) }
})
