'use strict'

// Electron's modules, members and preferences that Martlet does not have, with the reasons. A module or
// member is an error where it is used, not where it is required: apps require more than they use. A
// preference is a warning. docs/node.md shows these tables. Tests/Node/surface.test.mjs compares them with
// the lists of Electron's surface.

const COMING = 'it is not there yet'
const CHROMIUM = 'it is Chromium\'s'
const MACOS = 'it is macOS\'s'
const REPLACED = 'Electron has replaced it'

const MODULES = {
  autoUpdater: 'updates come with the package, such as the Flatpak',
  clipboard: COMING,
  contentTracing: CHROMIUM,
  crashReporter: 'the system collects crashes, such as systemd-coredump',
  desktopCapturer: COMING,
  globalShortcut: COMING,
  inAppPurchase: MACOS,
  nativeImage: COMING,
  nativeTheme: COMING,
  net: COMING,
  netLog: CHROMIUM,
  Notification: COMING,
  powerMonitor: COMING,
  powerSaveBlocker: COMING,
  protocol: COMING,
  pushNotifications: MACOS,
  safeStorage: COMING,
  screen: COMING,
  session: COMING,
  ShareMenu: MACOS,
  shell: COMING,
  systemPreferences: 'it is for macOS and Windows',
  TouchBar: MACOS,
  Tray: COMING,
  utilityProcess: COMING,
  BaseWindow: COMING,
  BrowserView: 'Electron has replaced it by WebContentsView',
  ImageView: COMING,
  View: COMING,
  WebContentsView: COMING
}

// Packages of others that reach into Electron.
const PACKAGES = {
  '@electron/remote': 'main\'s objects stay in main: expose what a page needs by ipcMain.handle and a preload'
}

// Values of `webPreferences` that have no effect.
const PREFERENCES = {
  nodeIntegration: [true, 'a page never has Node: give it what it needs by a preload and ipcMain.handle'],
  nodeIntegrationInWorker: [true, 'a worker never has Node: let main.js do what needs it'],
  contextIsolation: [false, 'a preload never shares its globals with the page: use contextBridge'],
  sandbox: [false, 'a preload never has Node: let main.js do what needs it, by ipcMain.handle'],
  webviewTag: [true, 'there is no <webview>: use an <iframe>'],
  enableRemoteModule: [true, 'there is no remote: use ipcMain.handle'],
  webSecurity: [false, 'the same-origin policy is always on'],
  allowRunningInsecureContent: [true, 'mixed content is always refused']
}

// Members of instances by class and reason: methods, and properties after a dot.
const MEMBERS = {
  App: {
    [COMING]: `.commandLine .applicationMenu .badgeCount .userAgentFallback .accessibilitySupportEnabled
      relaunch setPath setAppLogsPath focus requestSingleInstanceLock hasSingleInstanceLock
      releaseSingleInstanceLock setAsDefaultProtocolClient removeAsDefaultProtocolClient
      isDefaultProtocolClient getApplicationNameForProtocol getApplicationInfoForProtocol getLocale
      getLocaleCountryCode getSystemLocale getPreferredSystemLanguages showAboutPanel setAboutPanelOptions
      addRecentDocument clearRecentDocuments getRecentDocuments setBadgeCount getBadgeCount
      getLoginItemSettings setLoginItemSettings getFileIcon setDesktopName disableHardwareAcceleration
      getAppMetrics isAccessibilitySupportEnabled setAccessibilitySupportEnabled isUnityRunning
      isHardwareAccelerationEnabled setProxy resolveProxy importCertificate
      setClientCertRequestPasswordHandler`,
    [CHROMIUM]: `getGPUFeatureStatus getGPUInfo disableDomainBlockingFor3DAPIs configureHostResolver`
  },
  BrowserWindow: {
    [COMING]: `.autoHideMenuBar .menuBarVisible .simpleFullScreen .fullScreen .focusable .kiosk
      .visibleOnAllWorkspaces .shadow .minimizable .maximizable .fullScreenable .resizable .closable .movable
      .excludedFromShownWindowsMenu .accessibleTitle .documentEdited .representedFilename .snapped
      .contentView
      blur showInactive center maximize unmaximize isMaximized minimize restore isMinimized setFullScreen
      isFullScreen isNormal setAspectRatio setBackgroundColor getBackgroundColor setBounds getBounds
      getNormalBounds setContentBounds getContentBounds setContentSize getContentSize setSize getSize
      setMinimumSize getMinimumSize setMaximumSize getMaximumSize setPosition getPosition setResizable
      isResizable setMovable isMovable setMinimizable isMinimizable setMaximizable isMaximizable
      setFullScreenable isFullScreenable setClosable isClosable setAlwaysOnTop isAlwaysOnTop moveAbove moveTop
      setEnabled isEnabled setSkipTaskbar setKiosk isKiosk flashFrame setProgressBar setHasShadow hasShadow
      setOpacity getOpacity setShape setIgnoreMouseEvents setContentProtection isContentProtected setFocusable
      isFocusable setParentWindow getParentWindow getChildWindows isModal setMenu removeMenu
      setAutoHideMenuBar isMenuBarAutoHide setMenuBarVisibility isMenuBarVisible setVisibleOnAllWorkspaces
      isVisibleOnAllWorkspaces setIcon capturePage focusOnWebView blurWebView setTitleBarOverlay
      getNativeWindowHandle getMediaSourceId setContentView getContentView invalidateShadow isSnapped
      setBackgroundThrottling getBackgroundThrottling isWebViewFocused`,
    [REPLACED]: `addBrowserView removeBrowserView setBrowserView getBrowserView getBrowserViews
      setTopBrowserView`
  },
  WebContents: {
    [COMING]: `.session .debugger .navigationHistory .audioMuted .userAgent .zoomLevel .zoomFactor .frameRate
      .backgroundThrottling .hostWebContents .devToolsWebContents .opener .focusedFrame
      close focus isFocused print printToPDF getPrintersAsync savePage findInPage stopFindInPage capturePage
      insertCSS removeInsertedCSS insertText setWindowOpenHandler setUserAgent getUserAgent setZoomFactor
      getZoomFactor setZoomLevel getZoomLevel setVisualZoomLevelLimits undo redo cut copy paste
      pasteAndMatchStyle delete selectAll unselect replace replaceMisspelling centerSelection copyImageAt
      copyVideoFrameAt adjustSelection scrollToTop scrollToBottom reloadIgnoringCache isLoadingMainFrame
      isWaitingForResponse isCrashed forcefullyCrashRenderer setIgnoreMenuShortcuts setAudioMuted isAudioMuted
      isCurrentlyAudible downloadURL startDrag sendInputEvent executeJavaScriptInIsolatedWorld getType
      getLastWebPreferences isDevToolsFocused inspectElement setBackgroundThrottling
      getBackgroundThrottling setImageAnimationPolicy getMediaSourceId isBeingCaptured setDevToolsTitle
      getDevToolsTitle isOffscreen invalidate sendToFrame getOwnerBrowserWindow`,
    [REPLACED]: `canGoBack canGoForward canGoToOffset goBack goForward goToIndex goToOffset clearHistory
      getPrinters incrementCapturerCount decrementCapturerCount`,
    [CHROMIUM]: `beginFrameSubscription endFrameSubscription startPainting stopPainting isPainting
      setFrameRate getFrameRate takeHeapSnapshot getWebRTCIPHandlingPolicy setWebRTCIPHandlingPolicy
      getWebRTCUDPPortRange setWebRTCUDPPortRange enableDeviceEmulation disableDeviceEmulation
      inspectServiceWorker inspectSharedWorker inspectSharedWorkerById getAllSharedWorkers addWorkSpace
      removeWorkSpace setDevToolsWebContents`
  },
  WebFrameMain: {
    [COMING]: `printToPDF`,
    [CHROMIUM]: `collectJavaScriptCallStack copyVideoFrameAt`
  },
  Dialog: {
    [COMING]: `showOpenDialogSync showSaveDialog showSaveDialogSync showMessageBox showMessageBoxSync`,
    'it is for macOS and Windows': `showCertificateTrustDialog`
  },
  Menu: {
    [COMING]: `popup closePopup`
  }
}

// Members that do nothing on Linux in Electron either, with their results.
const WITHOUT_EFFECT = {
  App: {
    enableSandbox: undefined,
    setAppUserModelId: undefined,
    isEmojiPanelSupported: false,
    showEmojiPanel: undefined
  },
  BrowserWindow: {
    setVibrancy: undefined,
    setTouchBar: undefined,
    setSheetOffset: undefined,
    setOverlayIcon: undefined,
    setThumbarButtons: false,
    setRepresentedFilename: undefined,
    getRepresentedFilename: '',
    setDocumentEdited: undefined,
    isDocumentEdited: false,
    previewFile: undefined,
    closeFilePreview: undefined,
    setSimpleFullScreen: undefined,
    isSimpleFullScreen: false,
    isTabletMode: false
  },
  WebContents: {
    showDefinitionForSelection: undefined
  }
}

/** The modules whose only instance apps know. */
const OBJECTS = { App: 'app', Dialog: 'dialog' }

/** Stubs for the modules that are missing. */
function missingModules () {
  return Object.fromEntries(Object.entries(MODULES).map(([name, reason]) => [name, stub(name, reason)]))
}

function stub (name, reason) {
  return new Proxy(class {}, {
    construct: () => refuse(name, reason),
    apply: () => refuse(name, reason),
    // A symbol is asked for by Node itself, for instance to print the object.
    get: (target, key) =>
      typeof key === 'symbol' || key === 'then' ? undefined : refuse(`${name}.${key}`, reason)
  })
}

/** Adds to a class the members of Electron's that are missing. */
function addMissingMembers (name, prototype) {
  const define = (key, property) => {
    if (!(key in prototype)) Object.defineProperty(prototype, key, { ...property, configurable: true })
  }
  for (const [key, result] of Object.entries(WITHOUT_EFFECT[name] ?? {})) {
    define(key, { value: () => result, writable: true })
  }
  for (const { key, isProperty, reason } of missingMembers(name)) {
    const fail = () => refuse(`${OBJECTS[name] ?? name}.${key}`, reason)
    define(key, isProperty ? { get: fail, set: fail } : { value: fail, writable: true })
  }
}

/** Warns of preferences that have no effect: each is told once. */
function warnOfPreferences (preferences) {
  for (const [name, [value, reason]] of Object.entries(PREFERENCES)) {
    if (preferences?.[name] === value) {
      warnOnce(`webPreferences.${name} ${value} has no effect: ${reason}`)
    }
  }
}

const told = new Set()

function warnOnce (text) {
  if (told.has(text)) return
  told.add(text)
  process.emitWarning(text, 'UnsupportedWarning')
}

/** Refuses a package that cannot work; `request` is the name that a script requires. */
function refusePackage (request) {
  for (const [name, reason] of Object.entries(PACKAGES)) {
    if (request === name || request.startsWith(`${name}/`)) refuse(name, reason)
  }
}

/** The missing members of a class: `[{ key, isProperty, reason }]`. */
function missingMembers (name) {
  return Object.entries(MEMBERS[name] ?? {}).flatMap(([reason, names]) => names.split(/\s+/).map(text => {
    const isProperty = text.startsWith('.')
    return { key: isProperty ? text.slice(1) : text, isProperty, reason }
  }))
}

function refuse (name, reason) {
  throw Object.assign(new Error(`Martlet has no ${name}: ${reason}`),
    { code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM' })
}

module.exports = {
  missingModules, addMissingMembers, missingMembers, refusePackage, warnOfPreferences,
  MODULES, MEMBERS, WITHOUT_EFFECT, PACKAGES, PREFERENCES, COMING
}
