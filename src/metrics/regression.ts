/** Whether a project's own gate became slower: one run beside a stored one, by the ratio to work done in each of them. */
import type { RunReport } from '#model/run-report'

/** Raised whenever an older depgate stored what must not be compared any more. */
const SCHEMA_VERSION = 1

/** How a run came by its answers; only runs of one kind can be compared. */
export type RunKind = 'snapshot' | 'cache' | 'network'

/** What is stored of one run. */
export interface Speed {
  schemaVersion: typeof SCHEMA_VERSION
  kind: RunKind
  /** Of the run, in milliseconds. */
  durationMs: number
  /** Of a small piece of work done in the same process, in milliseconds: how fast the machine was. */
  referenceMs: number
  /** Packages in the tree. */
  packages: number
}

/** What a difference has to exceed to count: single runs on shared machines differ by a good deal. */
export interface SpeedLimits {
  /** A ratio, such as 1.5. */
  threshold: number
  /** Milliseconds, by the speed of the machine now. */
  floorMs: number
}

/** The limits of the command line. */
export const SPEED_LIMITS: SpeedLimits = { threshold: 1.5, floorMs: 100 }

/** What the comparison came to, with a sentence for people. */
export interface SpeedVerdict {
  verdict: 'slower' | 'not-slower' | 'not-comparable'
  message: string
}

const KIND_WORDS: Record<RunKind, string> = {
  snapshot: 'found nothing changed',
  cache: 'was answered from the cache',
  network: 'asked the registry',
}

/** What to store of a run; undefined for one that was cut short, which says nothing about speed. */
export function speedOf(report: RunReport, referenceMs: number): Speed | undefined {
  const { run, coverage, verdict } = report
  if (verdict === 'incomplete' || coverage.incomplete > 0 || !(referenceMs > 0)) return undefined
  const asked = run.network.requests > 0 ? 'network' : 'cache'
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: run.snapshot === undefined ? asked : 'snapshot',
    durationMs: run.durationMs,
    referenceMs,
    packages: coverage.total,
  }
}

/** The stored speed in a JSON text; undefined if it holds none. */
export function parseSpeed(text: string): Speed | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || own(value, 'schemaVersion') !== SCHEMA_VERSION) {
    return undefined
  }
  const kind = own(value, 'kind')
  const durationMs = own(value, 'durationMs')
  const referenceMs = own(value, 'referenceMs')
  const packages = own(value, 'packages')
  if (!isKind(kind) || !isAmount(durationMs) || !isAmount(referenceMs) || !isAmount(packages)) {
    return undefined
  }
  if (durationMs === 0 || referenceMs === 0) return undefined
  return { schemaVersion: SCHEMA_VERSION, kind, durationMs, referenceMs, packages }
}

/** Compares a run with a stored one. A machine that is slower as a whole is allowed for. */
export function compareSpeed(
  before: Speed,
  now: Speed,
  { threshold, floorMs }: SpeedLimits = SPEED_LIMITS,
): SpeedVerdict {
  if (before.kind !== now.kind) {
    return {
      verdict: 'not-comparable',
      message: `not compared with the baseline: this run ${KIND_WORDS[now.kind]}, the stored one ${KIND_WORDS[before.kind]}`,
    }
  }
  const expectedMs = before.durationMs * (now.referenceMs / before.referenceMs)
  const ratio = now.durationMs / expectedMs
  const isSlower = ratio > threshold && now.durationMs - expectedMs > floorMs
  const times = `${ratio.toFixed(1)} times the stored run`
  const packages = packagesText(now.packages - before.packages)
  return isSlower
    ? {
        verdict: 'slower',
        message: `your gate got slower: ${times}, ${packages} (${ms(now.durationMs)}, where ${ms(expectedMs)} were to be expected of this machine)`,
      }
    : { verdict: 'not-slower', message: `your gate did not get slower: ${times}, ${packages}` }
}

function packagesText(more: number): string {
  if (more === 0) return 'as many packages'
  const count = Math.abs(more).toLocaleString('en-US')
  return `${count} ${Math.abs(more) === 1 ? 'package' : 'packages'} ${more > 0 ? 'more' : 'fewer'}`
}

function ms(value: number): string {
  return `${Math.round(value)} ms`
}

function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}

function isKind(value: unknown): value is RunKind {
  return typeof value === 'string' && Object.hasOwn(KIND_WORDS, value)
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
