// Leaks of each kind, planted by the preload through the probe, and the places where the walk must find them.
'use strict'

;(() => {
  const page = (name, value) => `probe.page.${name} = ${value}`
  const inPage = (name, text) => `probe.inPage('(leak) => { globalThis.${name} = ${text} }')(leak())`
  return [
    { name: 'a property of the window', plant: page('plantA', 'leak()'), found: 'global.plantA' },
    { name: 'a function', plant: page('plantB', '() => 1'), found: 'global.plantB' },
    { name: 'a node of the wrong world', plant: page('plantC', 'document.body'), found: 'global.plantC' },
    { name: 'an error', plant: page('plantD', 'new DOMException("x")'), found: 'global.plantD' },
    { name: 'a property of a property', plant: inPage('plantE', '{ x: [leak] }'),
      found: 'global.plantE.x.0' },
    { name: 'a property with a symbol key', plant: inPage('plantF', '{ [Symbol.for("x")]: leak }'),
      found: 'global.plantF[Symbol(x)]' },
    { name: 'a property that is not enumerable',
      plant: inPage('plantG', 'Object.defineProperty({}, "x", { value: leak })'), found: 'global.plantG.x' },
    { name: 'the result of a getter', plant: inPage('plantH', '({ get x () { return leak } })'),
      found: 'global.plantH.x' },
    { name: 'the exception of a getter', plant: inPage('plantI', '({ get x () { throw leak } })'),
      found: 'global.plantI.x<thrown>' },
    { name: 'a prototype', plant: inPage('plantJ', 'Object.create(leak)'), found: 'global.plantJ' },
    { name: 'a key of a Map', plant: inPage('plantK', 'new Map([[leak, 1]])'), found: 'global.plantK<key>' },
    { name: 'a member of a Set', plant: inPage('plantL', 'new Set([leak])'), found: 'global.plantL<member>' },
    { name: 'the result of a promise', plant: inPage('plantM', 'Promise.resolve({ x: leak })'),
      found: 'global.plantM<resolved>.x' },
    { name: 'the reason of a rejected promise', plant: inPage('plantN', 'Promise.reject(leak)'),
      found: 'global.plantN<rejected>' },
    { name: 'a property of a built-in prototype', plant: "probe.page.Array.prototype.plantO = leak()",
      found: 'global.Array.prototype.plantO' },
    { name: 'a property of a node',
      plant: "probe.inPage('(leak) => { document.body.plantP = leak }')(leak())",
      found: 'global.document.body.plantP' },
    { name: 'the result of a call', plant: "probe.inPage('(leak) => { grab(() => leak, `plantQ`) }')(leak())",
      found: 'grabbed0 (plantQ)()' }
  ]
})()
