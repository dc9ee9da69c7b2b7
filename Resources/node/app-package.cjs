'use strict'

// An app's package.json, as Electron reads it.

const fs = require('node:fs')
const path = require('node:path')

/**
 * The app in `folder`: `{ folder, main, isModule, name, id, version }`. A file that is missing or wrong is an
 * error with the code ERR_MARTLET_APP.
 */
function readAppPackage (folder) {
  folder = path.resolve(folder)
  const file = path.join(folder, 'package.json')
  const about = readJSON(file)
  const main = findMain(folder, about)
  const name = about.productName ?? about.name ?? path.basename(folder)
  return {
    folder,
    main,
    isModule: main.endsWith('.mjs') || (!main.endsWith('.cjs') && isModule(main)),
    name: String(name),
    id: appID(about, name),
    version: String(about.version ?? '0.0.0')
  }
}

function readJSON (file) {
  let text
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    throw failure(`cannot read ${file} (${error.code}): an app is a folder with a package.json`)
  }
  try {
    return JSON.parse(text) ?? {}
  } catch (error) {
    throw failure(`${file} is no JSON: ${error.message}`)
  }
}

/** Node's rule: the member `main` as a file, with an ending or as a folder, and index.js without it. */
function findMain (folder, about) {
  const wanted = path.resolve(folder, about.main ?? 'index.js')
  const endings = ['', '.js', '.cjs', '.mjs', '/index.js']
  for (const file of endings.map(ending => wanted + ending)) {
    if (fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return file
  }
  throw failure(`cannot find ${wanted}: ` +
    `the member main of ${path.join(folder, 'package.json')} names the file that runs`)
}

/** Whether the package.json that is nearest to a file says that its scripts are modules. */
function isModule (file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const text = fs.statSync(path.join(folder, 'package.json'), { throwIfNoEntry: false })
    if (text?.isFile()) return readJSON(path.join(folder, 'package.json')).type === 'module'
    if (folder === path.dirname(folder)) return false
  }
}

/** A GApplication id: the desktop file's name, electron-builder's appId, or one that is made of the name. */
function appID (about, name) {
  for (const id of [about.desktopName?.replace(/\.desktop$/, ''), about.build?.appId]) {
    if (typeof id === 'string' && /^[A-Za-z_-][\w-]*(\.[A-Za-z_-][\w-]*)+$/.test(id)) return id
  }
  const word = String(name).normalize('NFKD').replace(/[^A-Za-z0-9]+/g, '')
  return `dev.martlet.electron.${/^[A-Za-z]/.test(word) ? word : `App${word}`}`
}

function failure (message) {
  return Object.assign(new Error(message), { code: 'ERR_MARTLET_APP' })
}

module.exports = { readAppPackage }
