// Runs the JS codec's benchmark in the isolated world of a real WebKitGTK page.
//   node Benchmarks/Clone/js/page.mjs [--only=NAME] [--rounds=N]
import fs from 'node:fs'
import { runInPage } from '../../../Tests/Bridge/page/run.mjs'

const text = name => fs.readFileSync(new URL(name, import.meta.url), 'utf8')
const script = `${text('./payloads.js')}\nreturn (function (pageBridge, pageArguments) {\n${text(
  './clone.js')}\nreturn lines.join('\\n')\n})(bridge, args)`
process.stdout.write(runInPage(script, process.argv.slice(2)))
