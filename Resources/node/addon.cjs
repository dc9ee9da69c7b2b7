'use strict'

// Loads martlet.node, which is beside this file.

const fs = require('node:fs')
const path = require('node:path')

function loadAddon () {
  const file = path.join(__dirname, 'martlet.node')
  if (!fs.existsSync(file)) {
    throw Object.assign(new Error(`${file} is missing: this installation of Martlet is incomplete`),
      { code: 'ERR_MARTLET_APP' })
  }
  const module = { exports: {} }
  process.dlopen(module, file)
  return module.exports
}

module.exports = { loadAddon }
