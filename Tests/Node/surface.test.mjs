// The export tables against the lists of Electron's surface, ../shared/design/electron-surface*.md. A member
// that they name is exported, or is in Resources/node/missing.cjs with the reason.

import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { fill, start } from './fake-addon.mjs'
import { eventNames, nativeTables } from './native-tables.mjs'

const {
  MEMBERS, MODULES, PACKAGES, PREFERENCES, WITHOUT_EFFECT, COMING, missingMembers, refusePackage
} = createRequire(import.meta.url)('../../Resources/node/missing.cjs')
const root = new URL('../..', import.meta.url).pathname
const lists = ['electron-surface', 'electron-surface-2'].map(name => `${root}../shared/design/${name}.md`)
const skip = existsSync(lists[0]) ? false : `there is no ${lists[0]}`

// The sections about the classes that are exported, by list.
const SECTIONS = [['1.1', '1.3', '1.4', '1.6', '1.8', '1.9'], ['1.', '2.', '3.']]

// Names of these sections that are no members of a class of the main process.
const OTHER_NAMES = new Set(`
  ipcMain ipcRenderer sendSync sendToHost webFrame webFrameMain setUserActivity isDefault
  addChildView removeChildView setVisible
  hasFocus requestFullscreen exitFullscreen innerWidth innerHeight pushState moveTo resizeTo wakeLock
  exitCode execPath userGesture requestId activeMatchOrdinal selectionArea finalUpdate isMainFrame isX
  isSameDocument invalidURL postData extraHeaders httpReferrer cssOrigin keepSelection caretBrowsingEnabled
  zoomMode isAutoRepeat globalX pageURL isProxy findNext waitForBeforeUnload pageSize deviceName
  usePrinterDefaultPageSize openAtLogin pacScript proxyBypassRules workArea triggeredByAccelerator
  backgroundColor useContentSize windowStatePersistence displayMode titleBarStyle titleBarOverlay
  windowControlsOverlay paintWhenInitiallyHidden minWidth maxWidth skipTaskbar focusOnNavigation
  disableHtmlFullscreenWindowResize webPreferences additionalArguments contextIsolated defaultFontFamily
  defaultFontSize minimumFontSize disableWakeLocks safeDialogs disableDialogs
  defaultPath buttonLabel openFile openDirectory multiSelections showHiddenFiles createDirectory
  promptToCreate noResolveAliases treatPackageAsDirectory dontAddToRecent securityScopedBookmarks filePaths
  filePath showOverwriteConfirmation nameFieldLabel showsTagField defaultId cancelId checkboxLabel
  checkboxChecked normalizeAccessKeys noLink textWidth sessionData userData toggleTabBar
  toolTip registerAccelerator beforeGroupContaining afterGroupContaining accessibilityLabel
  acceleratorWorksWhenHidden sharingItem
`.split(/\s+/).filter(Boolean))

// Members of objects that missing members give, such as `app.commandLine.hasSwitch`, of classes that are not
// exported, and of later versions than ours.
const BEYOND = new Set(`
  appendSwitch hasSwitch getSwitchValue appendArgument removeSwitch registerPreloadScript
  clearPersistedState setVersion runningUnderARM64Translation
`.split(/\s+/).filter(Boolean))

const { electron, classes } = start(fill)

/** The members that an app finds. */
function exported () {
  const names = new Set(Object.keys(electron))
  for (const Class of Object.values(classes)) {
    for (let each = Class; each !== Function.prototype; each = Object.getPrototypeOf(each)) {
      Object.getOwnPropertyNames(each).forEach(name => names.add(name))
    }
    for (let each = Class.prototype; each !== Object.prototype; each = Object.getPrototypeOf(each)) {
      Object.getOwnPropertyNames(each).forEach(name => names.add(name))
    }
  }
  Object.values(electron).forEach(value => {
    if (Object.getPrototypeOf(value) === Object.prototype) Object.keys(value).forEach(name => names.add(name))
  })
  // Of instances, and of events.
  return new Set([...names, 'defaultPrevented', 'preventDefault'])
}

test('a member that the lists name is exported, or is missing with a reason', { skip }, t => {
  const known = exported()
  const unknown = named().filter(name => !known.has(name) && !OTHER_NAMES.has(name) && !BEYOND.has(name))
  assert.deepEqual(unknown, [])
  const coming = Object.keys(MEMBERS).flatMap(name =>
    missingMembers(name).filter(({ reason }) => reason === COMING).map(({ key }) => `${name}.${key}`))
  t.diagnostic(`${coming.length} members are to come: ${coming.join(' ')}`)
})

test('no member is listed as missing that is exported', () => {
  const tables = nativeTables()
  for (const [name, { methods, properties }] of Object.entries(tables)) {
    const missing = [
      ...missingMembers(name).map(({ key }) => key), ...Object.keys(WITHOUT_EFFECT[name] ?? {})
    ]
    assert.deepEqual(missing.filter(key => methods.includes(key) || properties.includes(key)), [], name)
    assert.equal(new Set(missing).size, missing.length, `${name} lists a member twice`)
  }
})

test('no name is excused that no list has', { skip }, () => {
  const names = new Set(named())
  assert.deepEqual([...OTHER_NAMES, ...BEYOND].filter(name => !names.has(name)), [])
})

test('every event of Swift has a line in a table', () => {
  const lines = new Set(Object.values(nativeTables()).flatMap(({ events }) => events))
  // The app is asked beforehand in Electron: will-navigate.
  assert.deepEqual([...eventNames().values()].filter(name => !lines.has(name)), ['navigation-refused'])
})

test('a member that is missing is an error that names it, and the reason', () => {
  const { electron: { app, dialog, BrowserWindow }, callbacks } = start()
  const window = new BrowserWindow()
  const contents = callbacks.instantiate('WebContents')
  const refusals = [
    [() => app.relaunch(), 'app.relaunch: it is not there yet'],
    [() => app.commandLine, 'app.commandLine: it is not there yet'],
    [() => { window.fullScreen = true }, 'BrowserWindow.fullScreen: it is not there yet'],
    [() => window.addBrowserView(), 'BrowserWindow.addBrowserView: Electron has replaced it'],
    [() => dialog.showCertificateTrustDialog(), /^Martlet has no dialog\.\w+: it is for macOS and Windows$/],
    [() => contents.startPainting(), "WebContents.startPainting: it is Chromium's"]
  ]
  for (const [use, message] of refusals) {
    assert.throws(use, {
      code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
      message: typeof message === 'string' ? `Martlet has no ${message}` : message
    })
  }
  // Electron itself does nothing here on Linux.
  assert.equal(window.setVibrancy('dark'), undefined)
  assert.equal(window.isDocumentEdited(), false)
})

test('a preference that has no effect is a warning that names the remedy, once', async () => {
  const { electron: { BrowserWindow } } = start()
  const warnings = []
  const hear = warning => warnings.push(`${warning.name}: ${warning.message}`)
  process.on('warning', hear)
  new BrowserWindow({ webPreferences: { nodeIntegration: true, sandbox: true } })
  new BrowserWindow({ webPreferences: { nodeIntegration: true } })
  await new Promise(resolve => setImmediate(resolve))
  process.off('warning', hear)
  assert.deepEqual(warnings, [
    'UnsupportedWarning: webPreferences.nodeIntegration true has no effect: ' +
      'a page never has Node: give it what it needs by a preload and ipcMain.handle'
  ])
})

test('@electron/remote is refused where it is required', () => {
  assert.throws(() => refusePackage('@electron/remote/main'), /^Error: Martlet has no @electron\/remote: /)
  assert.equal(refusePackage('@electron/remote-control'), undefined)
})

test('docs/node.md shows what is missing', () => {
  const text = readFileSync(`${root}docs/node.md`, 'utf8')
  const shown = text.slice(text.indexOf('## What is missing'))
  assert.ok(shown.includes(missingTable()), `the table is\n\n${missingTable()}`)
})

/** What is missing, as a table by reason. */
function missingTable () {
  const byReason = new Map()
  const add = (reason, name) => byReason.set(reason, [...byReason.get(reason) ?? [], name])
  for (const [name, reason] of Object.entries(MODULES)) add(reason, `\`${name}\``)
  for (const name of Object.keys(MEMBERS)) {
    for (const { key, reason } of missingMembers(name)) {
      if (reason !== COMING) add(reason, `\`${name}.${key}\``)
    }
  }
  for (const [name, reason] of Object.entries(PACKAGES)) add(reason, `\`${name}\``)
  for (const [name, [value, reason]] of Object.entries(PREFERENCES)) {
    add(reason, `\`webPreferences.${name}\` ${value}`)
  }
  const rows = [...byReason].map(([reason, names]) => `| ${names.join(', ')} | ${reason} |`)
  return ['| module, member or preference | reason |', '|---|---|', ...rows].join('\n')
}

/** The names in code font, in the sections. */
function named () {
  const names = SECTIONS.flatMap((sections, index) => {
    const text = readFileSync(lists[index], 'utf8')
    return sections.flatMap(title => {
      const [, body] = text.match(new RegExp(`^#{1,2} ${title} .*\n([^]*?)(?=^#{1,2} )`, 'm'))
      return [...body.matchAll(/`([^`\n]+)`/g)].flatMap(([, code]) =>
        [...code.matchAll(/(?<![\w-])[a-z][a-zA-Z0-9]*[A-Z][a-zA-Z0-9]*/g)].map(([name]) => name))
    })
  })
  return [...new Set(names)]
}
