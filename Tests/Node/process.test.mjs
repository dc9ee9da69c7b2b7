// Electron's members of `process`.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

const script = fileURLToPath(new URL('../../Resources/node/process.cjs', import.meta.url))

/** A value of a new process, after the script has described it. */
function described (expression, environment) {
  const code = `require(${JSON.stringify(script)}).describeProcess({ folder: '/app' })
    console.log(JSON.stringify(${expression}))`
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { env: { ...process.env, ...environment } }))
}

test('process has the members that apps ask for', () => {
  const found = described('[process.type, process.resourcesPath, process.versions.electron]')
  assert.deepEqual(found.slice(0, 2), ['browser', '/app'])
  assert.match(found[2], /^\d+\.\d+\.\d+$/)
})

test('an app is packaged if its start script says so, and its children do not hear of it', () => {
  const expression = '[process.defaultApp === true, "MARTLET_PACKAGED" in process.env]'
  assert.deepEqual(described(expression), [true, false])
  assert.deepEqual(described(expression, { MARTLET_PACKAGED: '1' }), [false, false])
})
