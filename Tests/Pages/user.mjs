import answer from './module.mjs'

window.fromModule = answer
