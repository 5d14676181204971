/** How slow the machine is right now: the time that a test gives a run to work scales with it, and is the same on any machine in order. */
import { spawnSync } from 'node:child_process'

/** Node alone starts in 30 to 60 ms; a machine whose processor is taken away by others needs a multiple of that. */
const IN_ORDER_MS = 100
const AT_MOST = 5

/** 1 on a machine in order, up to 5 on one that is overloaded. */
function slowness(): number {
  const took = Array.from({ length: 3 }, () => {
    const started = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - started
  })
  return Math.min(AT_MOST, Math.max(1, Math.min(...took) / IN_ORDER_MS))
}

/** A deadline that leaves a slow machine the same work, and when the process has to be gone: nowhere later than this behind it. */
export function deadlineOf(seconds: number, slackMs = 500): { flag: string[]; endsWithinMs: number } {
  const deadlineMs = Math.round(seconds * slowness() * 1000)
  return { flag: ['--deadline', `${deadlineMs}ms`], endsWithinMs: deadlineMs + slackMs }
}
