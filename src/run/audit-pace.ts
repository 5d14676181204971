/** Whether an audit took longer for each package than those that are kept, by the rule of the speed guard. */
import type { RunHead } from '#history/entry'
import { compareSpeed, SPEED_LIMITS } from '#metrics/regression'
import type { Speed } from '#metrics/regression'
import type { RunReport, Warning } from '#model/run-report'

/** How many of the newest kept runs are looked at, and how few of them say nothing. */
const MOST_RUNS = 10
const FEWEST_RUNS = 3
/** Runs that asked a registry for this many times as much for each package, or as little, are another kind of work. */
const ASKED_ALIKE = 1.25

/** Of a stored run, what tells how it did. */
type PacedRun = Pick<RunHead, 'machine' | 'requests' | 'point'>

/**
 * A warning where the run was slower than each of the kept runs that it can be compared with, and slower than the middle
 * one by more than noise. Comparable are whole runs of the same command on the same kind of machine with as much to ask.
 */
export function paceWarnings(
  { run, coverage }: Pick<RunReport, 'run' | 'coverage'>,
  machine: string,
  kept: readonly PacedRun[],
): Warning[] {
  const { requests } = run.network
  const now = speedOf(run.durationMs, coverage.total, requests)
  if (coverage.incomplete > 0 || now.packages === 0) return []
  const before = kept
    .filter(
      (each) =>
        each.machine === machine &&
        each.point.command === run.command &&
        each.point.incomplete === 0 &&
        each.point.packages > 0 &&
        each.requests !== undefined &&
        isAlike(requests / coverage.total, each.requests / each.point.packages),
    )
    .slice(-MOST_RUNS)
    .map(({ point, requests: asked = 0 }) => speedOf(point.durationMs, point.packages, asked))
    .toSorted((a, b) => perPackage(a) - perPackage(b))
  const middle = before[Math.floor(before.length / 2)]
  const slowest = before.at(-1)
  if (before.length < FEWEST_RUNS || middle === undefined || slowest === undefined) return []
  if (compareSpeed(middle, now, SPEED_LIMITS).verdict !== 'slower') return []
  if (perPackage(now) <= perPackage(slowest)) return []
  const times = (perPackage(now) / perPackage(middle)).toFixed(1)
  const message = `This audit took ${perPackage(now).toFixed(1)} ms for each package, ${times} times the middle one of ${before.length} kept runs on this kind of machine (${machine}: ${perPackage(middle).toFixed(1)} ms).`
  return [{ code: 'audit-slower', message }]
}

/** A run as the rule takes it, with its packages as the work that the time is laid beside. */
function speedOf(durationMs: number, packages: number, requests: number): Speed {
  const kind = requests > 0 ? 'network' : 'cache'
  return { schemaVersion: 1, kind, durationMs, referenceMs: packages, packages }
}

function perPackage({ durationMs, packages }: Speed): number {
  return durationMs / packages
}

function isAlike(a: number, b: number): boolean {
  return a <= b * ASKED_ALIKE && b <= a * ASKED_ALIKE
}
