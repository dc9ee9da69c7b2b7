// Tries every attack of Tests/Hostile/attacks.js between two vm contexts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorlds, script, text } from './support/realms.mjs'

const runAttack = script('Tests/Hostile/suite.js')(
  text('Tests/Hostile/walk.js'), script('Tests/Hostile/api.js'),
  () => new Promise((resolve) => { setTimeout(resolve, 1) }))
const only = process.env.ATTACK

for (const attack of script('Tests/Hostile/attacks.js')) {
  if (attack.engines && !attack.engines.includes('v8')) continue
  if (only && !attack.name.includes(only)) continue
  test(`a hostile page gets nothing of the preload: ${attack.name}`, async () => {
    const { problems, walked } = await runAttack(createWorlds(), attack)
    assert.deepEqual(problems.slice(0, 10), [])
    assert.ok(walked > 1000, `only ${walked} objects walked`)
  })
}
