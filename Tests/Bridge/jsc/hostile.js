// Every attack of Tests/Hostile/attacks.js in JavaScriptCore:
//   jsc Tests/Bridge/jsc/hostile.js [-- part of a name]        from the repository's root
// Prints one JSON object a line: { name, problems, walked }.
'use strict'

load('Tests/Bridge/jsc/worlds.js')

const script = (path) => (0, eval)(text(path))
const runAttack = script('Tests/Hostile/suite.js')(
  text('Tests/Hostile/walk.js'), script('Tests/Hostile/api.js'),
  () => new Promise((resolve) => { setTimeout(resolve, 1) }))

const only = globalThis.arguments && globalThis.arguments[0]
const run = async () => {
  for (const attack of script('Tests/Hostile/attacks.js')) {
    if (attack.engines && !attack.engines.includes('jsc')) continue
    if (only && !attack.name.includes(only)) continue
    let outcome
    try { outcome = await runAttack(createWorlds(), attack) } catch (e) {
      outcome = { problems: [`${e} ${e.stack}`], walked: 0 } }
    print(JSON.stringify({ name: attack.name, problems: outcome.problems.slice(0, 10),
      walked: outcome.walked }))
  }
}
run()
