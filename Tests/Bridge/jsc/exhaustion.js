// Tests/Hostile/exhaustion.js in JavaScriptCore's shell:
//   jsc Tests/Bridge/jsc/exhaustion.js        from the repository's root
// Prints one JSON object a line: { name, calls, failed, kept, leaks }.
'use strict'

load('Tests/Bridge/jsc/worlds.js')

const exhaust = (0, eval)(text('Tests/Hostile/exhaustion.js'))
exhaust(createWorlds(), text('Tests/Hostile/walk.js'), () =>
  new Promise((resolve) => { setTimeout(resolve, 1) }),
  (outcome) => { print(JSON.stringify(outcome)) })
