/** How slow the machine is right now: what a test lets a process have scales with it, and is the same on any machine in order. */
import { spawnSync } from 'node:child_process'

/** Node alone starts in 30 to 60 ms; a machine whose processor is taken away by others needs a multiple of that. */
const IN_ORDER_MS = 100
const AT_MOST = 5

/** 1 on a machine in order, up to 5 on one that is overloaded. */
export function slowness(): number {
  const took = Array.from({ length: 3 }, () => {
    const started = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - started
  })
  return Math.min(AT_MOST, Math.max(1, Math.min(...took) / IN_ORDER_MS))
}

/** A deadline that leaves a slow machine the same work, and when the process has to be gone. */
export function deadlineOf(seconds: number, slackMs = 500): { flag: string[]; endsWithinMs: number } {
  const times = slowness()
  return {
    flag: ['--deadline', `${Math.round(seconds * times * 1000)}ms`],
    endsWithinMs: (seconds * 1000 + slackMs) * times,
  }
}
