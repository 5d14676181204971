/** How the verdict was reached: by which rules, from what, when, and what it cost. */
import type { RunReport } from '#model/run-report'
import { whereNot } from '../coverage.ts'
import type { PageContext } from './context.ts'
import { counted, durationText, figure } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, facts, folded, packageId, section, table, time } from './parts.ts'

const MAX_ROWS = 500

const TREES = {
  installed: 'the installed tree',
  lockfile: 'the tree of the lockfile, without an installation',
} as const

/** The section. */
export function methodSection({ report }: PageContext): Markup {
  const { inputs, run, tool, firstParty, coverage, warnings } = report
  return section('method', 'How the verdict was reached', [
    facts([
      ['Project', clipped(inputs.project, 214)],
      ['Tool', `depgate ${tool.version}, ${run.command}`],
      ['Began', time(run.startedAt)],
      ['Took', `${durationText(run.durationMs)} of at most ${durationText(run.deadlineMs)}`],
      ['Policy', hash(inputs.policySha256, 'no policy')],
      ['Lockfile', hash(inputs.lockfileSha256, 'no lockfile')],
      ['Judged', inputs.tree && TREES[inputs.tree]],
      ['Licence list', clipped(inputs.licenseList, 120)],
      ['Network', networkWords(run)],
      ['Cache', cacheWords(run)],
      ['Licence files', textWords(run.texts)],
      ['Run', code(run.id)],
    ]),
    sources(report),
    warnings.length > 0 &&
      markup`<h3>Notes of the run</h3><ul class="short">${warnings.slice(0, MAX_ROWS).map(({ message }) => markup`<li>${clipped(message, 600)}</li>`)}</ul>`,
    firstParty.length > 0 &&
      folded(
        `${counted(firstParty.length, 'package')} of the project’s own, listed and never judged`,
        markup`<ul class="short">${firstParty.slice(0, MAX_ROWS).map(({ name, version, location }) => markup`<li>${packageId(version === '' ? name || location : `${name || location}@${version}`)} <span class="words">${clipped(location, 300)}</span></li>`)}</ul>`,
      ),
    coverage.notInstalled.length > 0 &&
      folded(
        `${counted(coverage.notInstalled.length, 'package')} ${whereNot(inputs)}, judged by the registry alone`,
        markup`<p class="names">${coverage.notInstalled.slice(0, MAX_ROWS).map((id, at) => [at > 0 && ', ', packageId(id)])}${coverage.notInstalled.length > MAX_ROWS && ` and ${figure(coverage.notInstalled.length - MAX_ROWS)} more`}</p>`,
      ),
    markup`<p class="calm">The whole run as data: <code>--format json=run.json</code>; <code>depgate report run.json --format html</code> makes this page of it again, byte for byte.</p>`,
  ])
}

function hash(sha256: string | null, none: string): Part {
  return sha256 === null
    ? none
    : markup`<span class="nowrap">sha256</span> <code class="hash">${clipped(sha256, 64)}</code>`
}

function networkWords({ network, offline, snapshot }: RunReport['run']): Part {
  if (snapshot !== undefined)
    return markup`nothing has changed since the run of ${time(snapshot.madeAt)}; its answers are these`
  const { requests, retries, failures } = network
  return `${counted(requests, 'request')}, ${counted(retries, 'retry', 'retries')}, ${counted(failures, 'failure')}${offline ? '; offline' : ''}`
}

function cacheWords({ cache: { memory, disk, redis, misses, rejected } }: RunReport['run']): string {
  const parts = [
    `${figure(memory + disk + redis)} answers known (memory ${figure(memory)}, disk ${figure(disk)}, shared ${figure(redis)})`,
    `${figure(misses)} not`,
  ]
  if (rejected > 0) parts.push(`${figure(rejected)} records refused`)
  return parts.join(', ')
}

function textWords({ files, distinct }: RunReport['run']['texts']): string {
  return `${counted(files, 'file')} read, ${figure(distinct)} different texts`
}

const WITNESSES = {
  registry: 'the registry’s manifest',
  installed: 'the installed package.json',
  text: 'licence files',
  lockfile: 'the lockfile (a hint, no evidence)',
} as const

/** Who was heard, how often, and how old the oldest word is. */
function sources({ packages }: RunReport): Part {
  const counts = new Map<keyof typeof WITNESSES, { heard: number; unheard: number; oldest: string }>()
  for (const { witness, failure, at } of packages.flatMap(({ claims }) => claims)) {
    const entry = counts.get(witness) ?? { heard: 0, unheard: 0, oldest: at }
    if (failure === undefined) entry.heard += 1
    else entry.unheard += 1
    if (at < entry.oldest) entry.oldest = at
    counts.set(witness, entry)
  }
  if (counts.size === 0) return undefined
  return table(
    'Witnesses',
    ['Witness', 'Heard', 'Not heard', 'Oldest word'],
    [...counts].map(([witness, { heard, unheard, oldest }]) => [
      WITNESSES[witness],
      figure(heard),
      unheard === 0 ? '–' : figure(unheard),
      time(oldest),
    ]),
  )
}
