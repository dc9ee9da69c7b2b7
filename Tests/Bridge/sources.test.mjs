// The bridge's sources as text.
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { read } from './support/bridge.mjs'

test('they are ASCII: WebKit keeps such a source at a byte for a character, in every page', () => {
  const files = readdirSync(new URL('../../Resources/bridge/', import.meta.url), { recursive: true }).filter(name => name.endsWith('.js'))
  assert.ok(files.length > 20)
  for (const file of files) {
    assert.doesNotMatch(read(`Resources/bridge/${file}`), /[^\x00-\x7f]/, file)
  }
})
