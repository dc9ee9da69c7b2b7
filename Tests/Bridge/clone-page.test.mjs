// Tests the codec in the isolated world of a real WebKitGTK page.
import test from 'node:test'
import assert from 'node:assert'
import fs from 'node:fs'
import { execFileSync } from 'node:child_process'
import { runInPage } from './page/run.mjs'

const needed = ['cc --version', 'pkg-config --exists webkitgtk-6.0']
if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) needed.push('command -v xvfb-run')
const missing = needed.find(command => {
  try {
    execFileSync('sh', ['-c', command], { stdio: 'ignore' })
    return false
  } catch (_) {
    return true
  }
})

test('2.2: in a page, host objects are refused and objects of another realm are cloned',
  { skip: missing && `needs: ${missing}` }, t => {
  const result = JSON.parse(
    runInPage(fs.readFileSync(new URL('./page/host-objects.js', import.meta.url), 'utf8')))
  t.diagnostic(`${result.checked} checks`)
  assert.deepStrictEqual(result.failures, [])
})
