// Attacks that use features of newer engines, and every kind of event of the current engine; the format is
// that of Tests/Hostile/attacks.js. An attack on a feature that the engine lacks does nothing.
'use strict'

;(() => {
  const turns = 'globalThis.turns = async (n) => { for (let i = 0; i < n; i++) await new Promise((resolve) => { setTimeout(resolve, 5) }) }'

  // An expression: dispatches an event of each class at the document, and counts them. Members are objects
  // where the engine accepts objects; for any other member the next candidate is used.
  const everyEvent = (type) => `(() => {
    const candidates = [() => ({ secret: { a: 1 } }), () => lentSignal, () => lentDestination, () => lentRequest, () => undefined, () => null, () => document.body, () => window, () => 0]
    let made = 0
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      const Kind = Object.getOwnPropertyDescriptor(globalThis, name).value
      if (typeof Kind !== 'function' || !(Kind.prototype instanceof Event)) continue
      const chosen = { __proto__: null }
      for (let tries = 0; tries < 200; tries++) {
        let last
        const init = new Proxy({}, { get (_target, key) { last = key; chosen[key] ??= 0; return candidates[chosen[key]]?.() } })
        let event
        try { event = new Kind('${type}', init) } catch (error) {
          if (last === undefined || chosen[last] >= candidates.length) break
          chosen[last]++
          continue
        }
        made++
        try { document.dispatchEvent(event) } catch {} // events that cannot be dispatched are skipped
        break
      }
    }
    return made
  })()`
  const readAll = (take) =>
    `for (const key in e) { try { ${take}(e[key], e.constructor.name + '.' + key) } catch (x) { ${take}(x) } }
    if (e.relatedTarget) { for (const key in e.relatedTarget) { try { ${take}(e.relatedTarget[key], 'relatedTarget.' + key) } catch (x) { ${take}(x) } } }
    if (e.signal) { ${take}(e.signal.reason); try { e.signal.throwIfAborted() } catch (x) { ${take}(x) } }
    if (e.destination?.getState) { lentDestination = e.destination; ${take}(e.destination.getState()) }`
  const lent = 'var lentDestination, lentRequest = new XMLHttpRequest(), lentSignal = (() => { const c = new AbortController(); c.abort({ secret: { a: 1 } }); return c.signal })();'

  return [
    {
      name: 'every kind of event, with an object in each of its members',
      before: `${turns}; ${lent} document.addEventListener('lent', (e) => { grab(e); ${readAll('grab')} })`,
      preload: `${lent} document.addEventListener('borrowed', (e) => { keep(e); ${readAll('keep')} })
        contextBridge.exposeInMainWorld('lend', () => ${everyEvent('lent')})`,
      page: `
        if (globalThis.navigation) { navigation.addEventListener('navigate', (e) => { lentDestination = e.destination }, { once: true }); await navigation.navigate('#lent').finished }
        const borrowed = ${everyEvent('borrowed')}
        check(borrowed > 35, 'events of the page: ' + borrowed)
        const made = lend()
        check(made > 35, 'events of the preload: ' + made)
        check(!globalThis.navigation || borrowed >= made, 'no fewer events of the page')`
    },

    {
      name: 'navigations: events with info, results and errors, history entries with state',
      before: `${turns}
        globalThis.infos = []
        if (globalThis.navigation) {
          navigation.addEventListener('navigate', (e) => {
            grab(e); grab(e.info, 'info'); infos.push(e.info); grab(e.destination.getState()); grab(e.sourceElement); grab(e.formData)
            e.signal.addEventListener('abort', () => { grab(e.signal.reason, 'signal.reason') })
            queueMicrotask(() => { const { transition } = navigation; if (transition) { grab(transition); grab(transition.finished, 'transition.finished'); grab(transition.from) } })
          })
          navigation.addEventListener('navigateerror', (e) => { grab(e); grab(e.error, 'navigateerror') })
          navigation.addEventListener('currententrychange', (e) => { grab(e); grab(navigation.currentEntry.getState(), 'getState') })
        }`,
      preload: `
        const thrown = () => Object.assign(new Error('of a handler'), { secret: {} })
        if (globalThis.navigation) failed.push('the preload has the navigation API')
        const attempts = [
          () => navigation.addEventListener('navigate', (e) => { keep(e); keep(e.info); e.intercept({ handler: async () => { throw thrown() } }) }),
          () => navigation.navigate('#preload', { info: { secret: {} }, state: { secret: {} } }), () => navigation.reload({ info: { secret: {} } }),
          () => navigation.updateCurrentEntry({ state: { get x () { throw thrown() } } }), () => navigation.updateCurrentEntry({ state: { secret: {} } }),
          () => history.pushState({ secret: {} }, '', '#pushed'), () => history.replaceState({ get x () { throw thrown() } }, ''),
          () => { location.hash = 'preload' }, () => { const a = document.createElement('a'); a.href = '#link'; document.body.append(a); a.click(); a.remove() },
          () => { const form = document.createElement('form'); form.action = '#form'; form.secret = {}; document.body.append(form); form.requestSubmit?.(); form.remove() }]
        contextBridge.exposeInMainWorld('attempt', (i) => { try { keep(attempts[i]()) } catch (error) { keep(error) } return attempts.length })`,
      page: `if (globalThis.navigation) {
        for (let i = 0; i < 9; i++) { grab(attempt(i)); await turns(3) }
        const own = { of: 'the page' }
        const { committed, finished } = navigation.navigate('#own', { info: own, state: { of: 'the page' } })
        grab(committed); grab(finished); await finished
        check(infos[infos.length - 1] === own, 'the page receives its own info as the same object')
        navigation.addEventListener('navigate', (e) => { e.intercept({ handler: async () => { throw own } }) }, { once: true })
        const failed = navigation.navigate('#failed'); await failed.finished.catch((error) => { check(error === own, 'the page receives its own error as the same object') })
        for (const entry of navigation.entries()) { grab(entry); grab(entry.getState()) }
        attempt(4); await turns(3)
      }`
    },

    {
      name: 'view transitions: each world reads the active transition and its promises',
      before: `${turns}; globalThis.watch = async (n) => { for (let i = 0; i < n; i++) { const t = document.activeViewTransition; if (t) { grab(t); for (const key of ['ready', 'finished', 'updateCallbackDone', 'types']) grab(t[key], key) } await turns(1) } }`,
      preload: `
        const own = (text) => Object.assign(new Error(text), { secret: {} })
        const pause = () => new Promise((resolve) => { setTimeout(resolve, 20) })
        const updates = [
          async () => { await pause(); throw own('later') }, () => { throw own('at once') }, async () => { await pause(); return { secret: {} } },
          async () => { await pause(); throw 'a text' }]
        contextBridge.exposeInMainWorld('begin', async (i, asOptions) => {
          if (!document.startViewTransition) return 'none'
          const transition = asOptions ? document.startViewTransition({ update: updates[i], types: ['a'] }) : document.startViewTransition(updates[i])
          keep(transition)
          for (const key of ['ready', 'finished']) keep(transition[key]).catch((error) => { keep(error) })
          try { keep(await transition.updateCallbackDone); return 'done' } catch (error) { keep(error); return typeof error === 'string' ? error : error.secret ? error.message : 'another error: ' + error }
        })
        contextBridge.exposeInMainWorld('look', () => { const t = document.activeViewTransition; if (t) { keep(t); for (const key of ['ready', 'finished', 'updateCallbackDone']) keep(t[key]).catch((error) => { keep(error) }) } })`,
      page: `for (const asOptions of [false, true]) {
        for (const [i, expected] of ['later', 'at once', 'done', 'a text'].entries()) {
          const told = begin(i, asOptions); grab(told); await watch(8)
          const text = await told; check(text === expected || text === 'none', 'the preload got: ' + text)
        }
      }
      if (document.startViewTransition) {
        const own = { of: 'the page' }
        const transition = document.startViewTransition(async () => { await turns(2); throw own })
        look(); transition.ready.catch(() => {}); transition.finished.catch(() => {})
        try { await transition.updateCallbackDone } catch (error) { check(error === own, 'the page receives its own error as the same object') }
        await turns(4)
      }`
    }
  ]
})()
