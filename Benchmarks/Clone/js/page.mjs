// The JS codec's benchmark in the isolated world of a real WebKitGTK page.
//   node Benchmarks/Clone/js/page.mjs [--json] [--only=NAME] [--rounds=N]
import fs from 'node:fs'
import { runInPage } from '../../../Tests/Bridge/page/run.mjs'

const benchmark = fs.readFileSync(new URL('./clone.js', import.meta.url), 'utf8')
const script = `return (function (pageBridge, pageArguments) {\n${benchmark}\nreturn lines.join('\\n')\n})(bridge, args)`
process.stdout.write(runInPage(script, process.argv.slice(2)))
