// Runs the Swift codec as a process: takes many buffers, returns as many results.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const tool = process.env.CLONE_TOOL ?? `${root}.build/debug/clone-tool`

const framed = (buffers) =>
  Buffer.concat(
    buffers.flatMap((bytes) => {
      const head = Buffer.alloc(4)
      head.writeUInt32LE(bytes.length)
      return [head, bytes]
    }),
  )

function run(args, buffers) {
  const result = spawnSync(tool, args, { input: framed(buffers), maxBuffer: 2 ** 31 - 1 })
  if (result.error) throw result.error
  if (result.status !== 0) throw new Error(
    `clone-tool: status ${result.status}, signal ${result.signal}, ${result.stderr}`)
  return result.stdout
}

/** Decodes and re-encodes each buffer in Swift. Returns `{ bytes }` or `{ error }` for each. */
export function roundTrip(buffers) {
  const output = run([], buffers)
  const results = []
  for (let at = 0; at < output.length; ) {
    let length = output.readUInt32LE(at)
    at += 4
    const failed = length === 0xffffffff
    if (failed) {
      length = output.readUInt32LE(at)
      at += 4
    }
    const bytes = output.subarray(at, at + length)
    at += length
    results.push(failed ? { error: bytes.toString() } : { bytes })
  }
  return results
}

/** The Swift codec's text for each buffer. */
export const print = (buffers) => run(['--print'], buffers).toString().split('\n').slice(0, -1)
