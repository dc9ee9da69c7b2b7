// Tests the preload's process object.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadBridge } from './support/bridge.mjs'

const about = () => ({
  arch: 'x64', arguments: ['app', '--flag'], env: { LANG: 'C' }, versions: { martlet: '0.1.0' },
    isMainFrame: true,
  // Other parts of the hello, which the preload must not see.
  document: 'secret', preload: { file: 'preload.js' }
})

test('process has the properties that Electron gives a sandboxed preload', () => {
  const process = loadBridge()('./node/process')(about())
  const { type, platform, arch, argv, env, versions, contextIsolated, sandboxed, isMainFrame } = process
  assert.deepEqual({ type, platform, arch, argv, env, versions, contextIsolated, sandboxed, isMainFrame }, {
    type: 'renderer',
    platform: 'linux',
    arch: 'x64',
    argv: ['app', '--flag'],
    env: { LANG: 'C' },
    versions: { martlet: '0.1.0' },
    contextIsolated: true,
    sandboxed: true,
    isMainFrame: true
  })
})

// The beginning of a real one.
const rollup = `55d0c0a4e000-7ffd5ad2b000 ---p 00000000 00:00 0                          [rollup]
Rss:              103456 kB
Pss:               53211 kB
Shared_Clean:      60000 kB
Shared_Dirty:        456 kB
Private_Clean:      3000 kB
Private_Dirty:     40000 kB
`

test("getProcessMemoryInfo gives kilobytes, in Electron's shape", async () => {
  const process = loadBridge()('./node/process')(about(), () => rollup)
  const promise = process.getProcessMemoryInfo()
  assert.ok(promise instanceof Promise)
  assert.deepEqual(await promise, { residentSet: 103456, private: 43000, shared: 60456 })
})

test('getProcessMemoryInfo rejects when the memory cannot be read', async () => {
  const process = loadBridge()('./node/process')(about(), () => '')
  await assert.rejects(process.getProcessMemoryInfo(),
    { message: 'The memory of this process cannot be read' })
})

test("process has no other part of the main process's hello", () => {
  const process = loadBridge()('./node/process')(about())
  assert.equal('document' in process || 'preload' in process || 'arguments' in process, false)
})

test('process.versions cannot be changed', () => {
  const process = loadBridge()('./node/process')(about())
  assert.throws(() => { process.versions.martlet = '9' }, TypeError)
  assert.throws(() => { process.versions.node = '9' }, TypeError)
})
