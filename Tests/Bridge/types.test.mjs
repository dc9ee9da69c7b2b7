// Checks martlet.d.ts with the TypeScript compiler, which does not check its own library again. TypesTests
// compares it with a real preload, in a window.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'

const top = fileURLToPath(new URL('../../', import.meta.url))

const compile = (...args) => {
  const { status, stdout, error } =
    spawnSync('tsc', ['--noEmit', '--strict', '--skipDefaultLibCheck', '--target', 'es2022',
      '--lib', 'es2022,dom', ...args], { cwd: top, encoding: 'utf8' })
  assert.ifError(error)
  assert.equal(stdout, '')
  assert.equal(status, 0)
}

test('the types compile, accept a correct preload and refuse an incorrect one', () => {
  compile('--module', 'commonjs', 'Tests/Types/preload.ts')
})

test('the types compile with esModuleInterop, too', () => {
  compile('--module', 'commonjs', '--esModuleInterop', 'Tests/Types/preload.ts')
})
