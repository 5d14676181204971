/** The line of coverage with which every run ends: how much of the tree was judged, and what was not. */
import type { RunReport } from '#model/run-report'
import { display } from './display.ts'

/** For example `812 of 840 packages judged; 20 left out on request (dev), 8 could not be checked`. */
export function coverageLine({ coverage, findings }: Pick<RunReport, 'coverage' | 'findings'>): string {
  const { total, judged, omitted, incomplete, firstParty, notInstalled } = coverage
  const rest: string[] = []
  if (omitted > 0) rest.push(`${omitted} left out on request`)
  if (incomplete > 0) rest.push(`${incomplete} could not be checked`)
  if (notInstalled.length > 0) {
    rest.push(`${notInstalled.length} not installed here, judged by the registry alone`)
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

/** Requests, cache hits and time: what the run cost. */
export function costLine({ run }: Pick<RunReport, 'run'>): string {
  const hits = run.cache.memory + run.cache.disk + run.cache.redis
  const seconds = (run.durationMs / 1000).toFixed(1)
  const budget = Number((run.deadlineMs / 1000).toFixed(1))
  const source =
    run.snapshot === undefined
      ? `${count(hits, 'answer')} from the cache`
      : `nothing has changed since ${run.snapshot.madeAt.slice(0, 16).replace('T', ' ')} UTC`
  return `${count(run.network.requests, 'request')}, ${source}, ${seconds} s of ${budget} s`
}

/** `1 package`, `2 packages`; `several` where a plain `s` does not make the plural. */
export function count(number: number, noun: string, several = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : several}`
}
