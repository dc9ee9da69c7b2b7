// Runs one attack in a pair of worlds, and then walks both worlds. This is a plain script. Its value makes
// `runAttack` from the text of walk.js, the value of api.js, and a `pause` that lets promises run.
//
// `worlds` is { page(text), preload(text), main, isolated, frame, names }. `page` and `preload` evaluate text
// in their world. `main` and `isolated` are the two globals. `frame` is a third global, which acts as that of
// a same-origin frame. `names` are the identifiers in the bridge's source. In a window the preload has its
// own proxy for the frame, `isolatedFrame`. `ignored` are the preload's globals that belong to the test.
//
// `runAttack` resolves to { problems, grabbed, walked }. `problems` is a list of texts. It is empty if no
// object of one world reached the other.
'use strict'

;(walkText, api, pause) => {
  // Waits until a walk has visited all results of its promises.
  const finish = async (walk) => {
    for (let quiet = 0, before = -1; walk.pending() > 0 && quiet < 10; quiet++) {
      if (walk.visited() !== before) quiet = 0
      before = walk.visited()
      await pause()
    }
    return walk
  }
  const cellsOf = (first, take) => {
    const all = []
    for (let cell = first; cell; cell = cell.next) all.push(take(cell))
    return all
  }

  return async function runAttack (worlds, attack) {
    const { page, preload, main, isolated, frame, isolatedFrame = isolated, names, ignored =
      ['contextBridge'] } = worlds
    const createWalker = page(walkText)
    const createMirror = preload(walkText)
    // The intrinsics of each world, which must not reach the other.
    const ofPreload = createMirror.intrinsics(isolated, [main, frame])
    const ofPage = createWalker.intrinsics(main, [isolated, isolatedFrame])
    const ofFrame = createWalker.intrinsics(frame, [isolated, isolatedFrame])
    ofFrame.forEach((value) => { ofPage.add(value) })
    ofFrame.slotted.forEach((value) => { ofPage.slotted.add(value) })
    const pageWalker = createWalker({
      homes: [main, frame],
      foreign: ofPreload,
      pristine: ofPage,
      call: (f, path) => path.startsWith('grabbed') || path.startsWith('api'),
      samples: [page('() => [{}]')]
    })
    const preloadWalker = createMirror({
      homes: [isolated, isolatedFrame],
      foreign: ofPage,
      pristine: ofPreload,
      ignore: (value, path) => ignored.some((name) => path.startsWith(`global.${name}`)),
      call: (f, path) => path.startsWith('kept')
    })

    main.frame = frame
    main.bridgeNames = page(JSON.stringify(names)) // an array of the page's realm
    page(api.prelude)
    if (attack.before) page(attack.before)
    main.log.quiet = false
    preload(api.preload)
    if (attack.preload) preload(attack.preload)
    const problems = []
    // The page's promises are not accessed from outside: their species may be the attacker's.
    page(`(async () => {
      try { ${attack.page} } catch (e) { hit('nothing, the attack itself failed: ' + e + (e && e.stack)) }
      log.finished = true
    })()`)
    for (let i = 0; i < 2000 && !main.log.finished; i++) await pause()
    if (!main.log.finished) problems.push('the attack did not end')
    main.log.quiet = true
    problems.push(...cellsOf(main.log.hits, (cell) => `the bridge called ${cell.name}`))
    problems.push(...cellsOf(main.log.failures, (cell) => `check failed: ${cell.name}`))
    for (let i = 0; i < isolated.failed.length; i++) problems.push(`in the preload: ${isolated.failed[i]}`)

    const grabbed = cellsOf(
      main.log.grabbed, ({ value, label }) =>
        ({ value, name: typeof label === 'string' ? ` (${label})` : '' }))
    main.log.grabbed = null
    const roots = { __proto__: null, global: main, api: main.api }
    for (let i = 0; i < grabbed.length; i++) roots[`grabbed${i}${grabbed[i].name}`] = grabbed[i].value
    const inPage = await finish(pageWalker.walk(roots))
    for (let i = 0; i < inPage.leaks.length; i++) problems.push(
      `in the page: ${inPage.leaks[i].path} ${inPage.leaks[i].why}`)

    const keptRoots = { __proto__: null, global: isolated }
    for (let i = 0; i < isolated.kept.length; i++) keptRoots[`kept${i}`] = isolated.kept[i]
    const inPreload = await finish(preloadWalker.walk(keptRoots))
    for (const { path, why } of inPreload.leaks) problems.push(`in the preload: ${path} ${why}`)
    return { problems, grabbed: grabbed.length, walked: inPage.visited() + inPreload.visited() }
  }
}
