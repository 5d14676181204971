/** The line of coverage with which every run ends: how much of the tree was judged, and what was not. */
import type { RunReport } from '#model/run-report'
import { display } from './display.ts'

/** What of a report its coverage is told from. */
export type CoverageOf = Pick<RunReport, 'coverage' | 'findings'> & { inputs?: RunReport['inputs'] }

/** For example `812 of 840 packages judged; 20 left out on request (dev), 8 could not be checked`. */
export function coverageLine({ coverage, inputs, findings }: CoverageOf): string {
  const { total, judged, omitted, incomplete, firstParty, notInstalled, oneWitness = 0 } = coverage
  const rest: string[] = []
  if (omitted > 0) rest.push(`${omitted} left out on request`)
  if (incomplete > 0) rest.push(`${incomplete} could not be checked`)
  if (oneWitness > 0) rest.push(`${oneWitness} of them with one witness only, the registry (--no-texts)`)
  if (notInstalled.length > 0) {
    rest.push(`${notInstalled.length} ${whereNot(inputs)}, judged by the registry alone`)
  }
  const known = findings.filter((finding) => finding.known !== undefined).length
  if (known > 0) rest.push(`${count(known, 'finding')} known to the baseline`)
  if (firstParty > 0) rest.push(`${firstParty} first-party`)
  const head = `${judged} of ${count(total, 'package')} judged`
  return rest.length === 0 ? head : `${head}; ${rest.join(', ')}`
}

/** Names of the packages that are not installed here and judged all the same, a few of them. */
export function notInstalledNames({ coverage }: Pick<RunReport, 'coverage'>, most: number): string {
  const names = coverage.notInstalled.slice(0, most).map((id) => display(id))
  const more = coverage.notInstalled.length - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** Why packages have no copy that was read: the lockfile's tree is that of every system. */
export function whereNot(inputs: RunReport['inputs'] | undefined): string {
  return inputs?.tree === 'lockfile' ? 'for some systems only' : 'not installed here'
}

const TREES = { installed: 'the installed tree', lockfile: 'the tree of the lockfile' } as const

/** Requests, cache hits and time, which is what the run cost, and the tree that it judged. */
export function costLine({ run, inputs }: Pick<RunReport, 'run' | 'inputs'>): string {
  const hits = run.cache.memory + run.cache.disk + run.cache.redis
  const seconds = (run.durationMs / 1000).toFixed(1)
  const budget = Number((run.deadlineMs / 1000).toFixed(1))
  const tree = inputs.tree === undefined ? '' : `; ${TREES[inputs.tree]}`
  const source =
    run.snapshot === undefined
      ? `${count(hits, 'answer')} from the cache`
      : `nothing has changed since ${run.snapshot.madeAt.slice(0, 16).replace('T', ' ')} UTC`
  return `${count(run.network.requests, 'request')}, ${source}, ${seconds} s of ${budget} s${tree}`
}

/** `1 package`, `2 packages`; `several` where a plain `s` does not make the plural. */
export function count(number: number, noun: string, several = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : several}`
}
