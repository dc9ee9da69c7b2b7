// Tries the hostile suite and stack exhaustion in JavaScriptCore's own shell, the engine that ships
// (Debian: libjavascriptcoregtk-4.0-bin). V8 differs in tail calls, Function.caller and the realm of
// a stack overflow, so passing under node is not enough.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const cwd = fileURLToPath(new URL('../../', import.meta.url))
const jsc = process.env.JSC || 'jsc'
const missing = spawnSync(jsc, ['-e', ''], { cwd }).error && `${jsc} is not installed`

const lines = (script, env) => {
  const { stdout, stderr, status } = spawnSync(jsc, [script], {
    cwd, encoding: 'utf8', maxBuffer: 1 << 26, env: { ...process.env, ...env }
  })
  assert.equal(status, 0, stderr)
  return stdout.trim().split('\n').map((line) => JSON.parse(line))
}

test('a hostile page gets nothing of the preload in JavaScriptCore', { skip: missing }, () => {
  const outcomes = lines('Tests/Bridge/jsc/hostile.js')
  assert.ok(outcomes.length > 25)
  assert.deepEqual(outcomes.filter(({ problems }) => problems.length > 0), [])
})

// With and without the JIT: frame sizes differ, and so do the depths of a stack overflow.
for (const [mode, env] of [['with the JIT', {}], ['without the JIT', { JSC_useJIT: '0' }]]) {
  test(`an exhausted stack leaks nothing at any depth in JavaScriptCore, ${mode}`, { skip: missing }, () => {
    const outcomes = lines('Tests/Bridge/jsc/exhaustion.js', env)
    assert.ok(outcomes.length > 30)
    assert.ok(outcomes.every(({ failed }) => failed > 0), 'the stack was exhausted in each')
    assert.deepEqual(outcomes.filter(({ leaks }) => leaks.length > 0), [])
  })
}
