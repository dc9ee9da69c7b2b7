// docs/decisions has a file for each decision and an index of all numbers. Links in documents lead to files.

import { test } from 'node:test'
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = 'docs/decisions'
const read = path => readFileSync(join(root, path), 'utf8')
const files = readdirSync(join(root, folder)).filter(name => /^\d{3}-/.test(name))
const index = read(`${folder}/README.md`)

test('every decision has a status and three parts, and is in the index', () => {
  for (const name of files) {
    const number = Number(name.slice(0, 3))
    const text = read(`${folder}/${name}`)
    const [, shown] = /^# (\d+)\. .+\n\n- Status: .+\n- Date: \d{4}-\d\d-\d\d\n- Topic: .+\n/.exec(text) ?? []
    assert.equal(Number(shown), number, name)
    for (const part of ['Context', 'Decision', 'Consequences']) {
      assert.match(text, new RegExp(`\n## ${part}\n\n\\S`), name)
    }
    assert.ok(index.includes(`| [${number}](${name}) | `), `${name} is not in the index`)
  }
})

test('every number from 1 on is in the index, or is said to be unused', () => {
  const listed = [...index.matchAll(/^\| \[?(\d+)\b/gm)].map(match => Number(match[1]))
  const [, unused] = /never used again; ([\d, and]+) were never used/.exec(index.replaceAll('\n', ' '))
  const all = [...listed, ...unused.match(/\d+/g).map(Number)].sort((a, b) => a - b)
  assert.deepEqual(all, Array.from({ length: all.length }, (_, place) => place + 1))
})

test('every link in the documents leads to a file, and to a heading of it', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', ...markdown('docs')]
  assert.deepEqual(documents.flatMap(path => deadLinks(path, read(path))), [])
  const planted = '[a](nowhere.md) [b](limits.md#nothing) [c](limits.md#limits)'
  assert.deepEqual(deadLinks('docs/limits.md', planted), [
    'docs/limits.md: nowhere.md', 'docs/limits.md: limits.md#nothing'
  ])
})

function markdown (folder) {
  return readdirSync(join(root, folder)).flatMap(name => {
    const path = `${folder}/${name}`
    return statSync(join(root, path)).isDirectory() ? markdown(path) : name.endsWith('.md') ? [path] : []
  })
}

function deadLinks (path, text) {
  const prose = text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1])
  return links.filter(link => !/^\w+:/.test(link) && isDead(link, path)).map(link => `${path}: ${link}`)
}

function isDead (link, path) {
  const [file, heading] = link.split('#')
  const target = file === '' ? path : normalize(join(dirname(path), file))
  if (!existsSync(join(root, target))) return true
  return heading !== undefined && !headings(read(target)).includes(heading)
}

/** As GitHub makes them of headings. */
function headings (text) {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(match =>
    match[1].toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-'))
}
