// Runs a script with the bridge's modules (`bridge('./codec/encode/encode')`) in a real
// page's isolated world. node Tests/Bridge/page/run.mjs SCRIPT [ARGUMENTS…]
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const here = path.dirname(fileURLToPath(import.meta.url))
const top = path.resolve(here, '../../..')

/** The string that `script`, a function body, returns in a page. Throws if no page is available. */
export function runInPage (script, args = []) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'martlet-page-'))
  try {
    const flags = execFileSync(
      'pkg-config', ['--cflags', '--libs', 'webkitgtk-6.0'], { encoding: 'utf8', stdio: 'pipe' }).trim(
        ).split(/\s+/)
    execFileSync('cc', [path.join(here, 'page.c'), '-o', path.join(work, 'page'), ...flags],
      { stdio: 'pipe' })
    const sources = {}
    const folder = path.join(top, 'Resources/bridge')
    for (const file of fs.readdirSync(folder, { recursive: true })) if (file.endsWith('.js')) sources[file] =
      fs.readFileSync(path.join(folder, file), 'utf8')
    fs.writeFileSync(path.join(work, 'script.js'),
      fs.readFileSync(path.join(top, 'Benchmarks/Clone/js/load.js'), 'utf8') +
      `\nconst sources = ${JSON.stringify(sources)}\nconst args = ${JSON.stringify(args)}\n` +
      "const bridge = makeRequire(path => sources[path.replace('bridge/', '')], 'bridge')\n" + script)
    const command = [path.join(work, 'page'), path.join(work, 'script.js')]
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) command.unshift('xvfb-run', '-a')
    return execFileSync(command[0], command.slice(1),
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 300000, maxBuffer: 1 << 28 })
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(runInPage(fs.readFileSync(process.argv[2], 'utf8'), process.argv.slice(3)))
}
