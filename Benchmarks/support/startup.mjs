// Measures the time from a program's start to its first completed call, and its memory then.
import { setTimeout as sleep } from 'node:timers/promises'
import { pss, tree, withProgram } from './programs.mjs'

const deadline = 60_000
const settling = 1_000 // milliseconds from the last reply to the memory measurement

/** Starts a program that prints `first reply <milliseconds since 1970>` for each of its windows. */
export const startUp = (program, windows = 1) => {
  const began = Date.now()
  return withProgram(program, deadline, async (lines, pid) => {
    const replies = []
    for await (const line of lines) {
      const replied = /^first reply (\d+)/.exec(line)
      if (replied && replies.push(Number(replied[1])) === windows) break
    }
    if (replies.length < windows) throw new Error(
      `ended, or was stopped after ${deadline} ms, without a reply`)
    await sleep(settling)
    const pids = tree(pid)
    return {
      time: replies[0] - began,
      processes: pids.length,
      main: pss(pid),
      memory: pids.reduce((sum, one) => sum + pss(one), 0)
    }
  })
}
