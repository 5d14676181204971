/** What is coming: packages whose later versions carry another licence, and those that their authors have left. */
import type { ForecastEntry, ForecastReport, LaterRelease } from '#model/audit'
import { counted, figure } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, day, folded, mark, packageId, section, table } from './parts.ts'

const MAX_ROWS = 500

const STEP_WORDS = { range: 'what the project asks for', minor: 'newest minor', major: 'newest' } as const

const LACKS = { repository: 'names no repository any more', license: 'has lost its licence' } as const

/** The section. */
export function forecastSection({ entries, asked, unanswered }: ForecastReport): Markup {
  const relicensed = entries.filter((entry) => entry.relicensed.length > 0)
  const left = entries.filter(
    ({ silentSince, newestLacks }) => silentSince !== undefined || newestLacks.length > 0,
  )
  return section(
    'forecast',
    'What is coming',
    [
      relicensed.length === 0
        ? markup`<p class="calm">No later version that was looked at carries another licence.</p>`
        : markup`<h3>Another licence later on <span class="tally">${counted(relicensed.length, 'package')}</span></h3>${relicensedTable(relicensed)}`,
      left.length > 0 &&
        markup`<h3>Left by their authors <span class="tally">${counted(left.length, 'package')}</span></h3>${leftTable(left)}`,
      unanswered.length > 0 &&
        folded(
          `No usable answer about ${counted(unanswered.length, 'name')}`,
          markup`<p class="names">${unanswered.slice(0, MAX_ROWS).map((name, at) => [at > 0 && ', ', code(name)])}${unanswered.length > MAX_ROWS && ` and ${figure(unanswered.length - MAX_ROWS)} more`}</p>`,
        ),
    ],
    `The later releases of ${counted(asked, 'package name')} were looked at.`,
  )
}

function relicensedTable(entries: readonly ForecastEntry[]): Markup {
  const rows = entries
    .slice(0, MAX_ROWS)
    .map((entry): Part[] => [
      packageId(entry.package),
      code(entry.license ?? 'unknown'),
      markup`<ul class="releases">${entry.relicensed.map((release) => markup`<li>${releaseWords(release)}</li>`)}</ul>`,
      entry.firstRelicensed === undefined ? '–' : code(entry.firstRelicensed),
      entry.safeRange === undefined
        ? '–'
        : markup`<code class="copy">${clipped(entry.safeRange, 120)}</code>`,
    ])
  return [
    table(
      'Packages whose later versions carry another licence',
      ['Package', 'Licence today', 'Later', 'Since version', 'Range that keeps the licence'],
      rows,
    ),
    entries.length > MAX_ROWS && markup`<p class="calm">and ${figure(entries.length - MAX_ROWS)} more</p>`,
  ].reduce<Markup>((all, part) => markup`${all}${part}`, markup``)
}

function releaseWords({ steps, version, license, raw, publishedAt, allowed }: LaterRelease): Part {
  return markup`${code(version)} <b>${license === null ? (raw === undefined ? 'no licence' : clipped(raw, 120)) : clipped(license, 120)}</b> ${mark(allowed ? 'allowed' : 'not allowed', allowed ? 'pass' : 'violation')} <span class="aside">${steps.map((step) => STEP_WORDS[step]).join(', ')}${publishedAt !== undefined && markup`, ${day(publishedAt)}`}</span>`
}

function leftTable(entries: readonly ForecastEntry[]): Markup {
  const rows = entries
    .slice(0, MAX_ROWS)
    .map((entry): Part[] => [
      packageId(entry.package),
      entry.silentSince === undefined ? '–' : day(entry.silentSince),
      entry.newestLacks.length === 0 ? '–' : entry.newestLacks.map((what) => LACKS[what]).join(', '),
    ])
  return table(
    'Packages without a release for long, or whose newest version has lost something',
    ['Package', 'Last release', 'Its newest version'],
    rows,
  )
}
