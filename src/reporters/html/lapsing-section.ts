/** Entries of the policy and the baseline that end soon, so that nobody learns of it from a red pipeline. */
import type { LapsingEntry } from '#model/audit'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, day, mark, section, table } from './parts.ts'

const MAX_ROWS = 500
/** Days below which it is urgent. */
const URGENT = 7

const KINDS = {
  exception: 'exception',
  advisory: 'ignored advisory',
  baseline: 'entry of the baseline',
} as const

/** The section. */
export function lapsingSection(entries: readonly LapsingEntry[]): Markup {
  if (entries.length === 0) {
    return section('lapsing', 'Ends soon', markup`<p class="calm">No exception ends within 30 days.</p>`)
  }
  const rows = entries
    .slice(0, MAX_ROWS)
    .map((entry): Part[] => [
      entry.kind === 'baseline' ? clipped(entry.subject, 300) : code(entry.subject),
      KINDS[entry.kind],
      markup`${day(entry.expires)} ${mark(daysWords(entry.daysLeft), entry.daysLeft < URGENT ? 'violation' : 'warn')}`,
      entry.owner === undefined ? 'nobody is named' : clipped(entry.owner, 120),
      clipped(entry.reason, 400),
    ])
  return section(
    'lapsing',
    'Ends soon',
    [
      table('Entries that end within 30 days', ['Entry', 'What it is', 'Last day', 'Owner', 'Reason'], rows),
      entries.length > MAX_ROWS && markup`<p class="calm">and ${entries.length - MAX_ROWS} more</p>`,
    ],
    'After its last day the run fails for what the entry allows.',
  )
}

function daysWords(days: number): string {
  return days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
}
