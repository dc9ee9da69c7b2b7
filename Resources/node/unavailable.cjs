'use strict'

// Electron's modules of the main process that Martlet does not have: each is an error where it is used, not
// where it is required, because many apps require more than they use.

const COMING = 'it is not there yet'

const REASONS = {
  autoUpdater: 'updates come with the package, such as the Flatpak',
  clipboard: COMING,
  contentTracing: 'it is Chromium\'s',
  crashReporter: 'the system collects crashes, such as systemd-coredump',
  desktopCapturer: COMING,
  globalShortcut: COMING,
  inAppPurchase: 'it is macOS\'s',
  nativeImage: COMING,
  nativeTheme: COMING,
  net: COMING,
  netLog: 'it is Chromium\'s',
  Notification: COMING,
  powerMonitor: COMING,
  powerSaveBlocker: COMING,
  protocol: COMING,
  pushNotifications: 'they are macOS\'s',
  safeStorage: COMING,
  screen: COMING,
  session: COMING,
  ShareMenu: 'it is macOS\'s',
  shell: COMING,
  systemPreferences: 'it is for macOS and Windows',
  TouchBar: 'it is macOS\'s',
  Tray: COMING,
  utilityProcess: COMING,
  BaseWindow: COMING,
  BrowserView: 'Electron has replaced it by WebContentsView',
  View: COMING,
  WebContentsView: COMING
}

function unavailable () {
  return Object.fromEntries(Object.keys(REASONS).map(name => [name, stub(name)]))
}

function stub (name) {
  const refuse = member => {
    throw Object.assign(new Error(`Martlet has no ${name}${member}: ${REASONS[name]}`),
      { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' })
  }
  return new Proxy(class {}, {
    construct: () => refuse(''),
    apply: () => refuse(''),
    // A symbol is asked for by Node itself, for instance to print the object.
    get: (target, key) => typeof key === 'symbol' || key === 'then' ? undefined : refuse(`.${key}`)
  })
}

module.exports = { unavailable, REASONS }
