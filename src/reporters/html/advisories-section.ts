/** Known vulnerabilities of what is installed, the worst first, and how far the sources can be relied on. */
import type { AdvisoryMatch, AdvisoryReport } from '#model/audit'
import type { PageContext } from './context.ts'
import { counted, figure } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, day, folded, mark, packageId, path, section, table, time } from './parts.ts'

const MAX_ROWS = 500

const SOURCE_NAMES = { registry: 'the registry', osv: 'the OSV database' } as const

/** The section. */
export function advisoriesSection(report: AdvisoryReport, context: PageContext): Markup {
  const open = report.matches.filter(({ ignored }) => ignored === undefined)
  const ignored = report.matches.filter((match) => match.ignored !== undefined)
  return section('advisories', 'Known vulnerabilities', [
    report.status === 'incomplete' &&
      markup`<p class="note">${mark('not checked', 'incomplete')} No source gave an answer that can be relied on, so there may be more than what stands here. The verdict about licences does not rest on it.</p>`,
    open.length === 0 &&
      report.status === 'complete' &&
      markup`<p class="calm">None of the sources names an installed version.</p>`,
    matchTable(open, context),
    ignored.length > 0 &&
      folded(counted(ignored.length, 'ignored advisory', 'ignored advisories'), matchTable(ignored, context)),
    markup`<ul class="sources">${report.sources.map(
      ({ name, asOf, problem }) =>
        markup`<li>${SOURCE_NAMES[name]}${asOf !== undefined && markup`: as of ${time(asOf)}`}${problem !== undefined && markup`: ${clipped(problem, 400)}`}</li>`,
    )}</ul>`,
  ])
}

function matchTable(matches: readonly AdvisoryMatch[], context: PageContext): Part {
  if (matches.length === 0) return undefined
  const rows = matches.slice(0, MAX_ROWS).map((match) => row(match, context))
  return [
    table(
      'Advisories, the worst first',
      ['Package', 'Severity', 'Advisory', 'Fixed in', 'Brought in by'],
      rows,
    ),
    matches.length > MAX_ROWS && markup`<p class="calm">and ${figure(matches.length - MAX_ROWS)} more</p>`,
  ]
}

function row(match: AdvisoryMatch, context: PageContext): Part[] {
  const { severity, id, url, title, aliases, range, ignored, fixedIn } = match
  const ids = context.packageOf(match.package)?.paths[0] ?? []
  const isBad = severity === null || severity === 'high' || severity === 'critical'
  return [
    packageId(match.package),
    mark(severity ?? 'not rated: counts as the worst', isBad ? 'violation' : 'warn'),
    markup`
      ${link(id, url)} ${clipped(title, 300)}
      <small>affects ${code(range)}${aliases.length > 0 && markup`; also ${clipped(aliases.join(', '), 200)}`}${ignored !== undefined && markup`; ignored until ${day(ignored.expires)}: ${clipped(ignored.reason, 300)}`}</small>`,
    fixedIn === undefined ? 'no version yet' : markup`<code class="copy">${clipped(fixedIn, 80)}</code>`,
    ids.length > 1 ? path(ids) : '–',
  ]
}

/** A link only to where a browser asks by TLS, and nobody but who clicks on it makes a request. */
function link(id: string, url: string | undefined): Part {
  const address = url === undefined ? undefined : safeAddress(url)
  const words = clipped(id, 80)
  if (address === undefined) return markup`<b>${words}</b>`
  return markup`<a href="${address}" rel="noreferrer noopener external">${words}</a>`
}

function safeAddress(url: string): string | undefined {
  if (!URL.canParse(url) || url.length > 500) return undefined
  const { protocol, href, username, password } = new URL(url)
  return protocol === 'https:' && username === '' && password === '' ? href : undefined
}
