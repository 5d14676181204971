/** What is different: since the run before, or through the change that was judged. */
import type { RunComparison } from '#model/audit'
import type { ChangeReport, PackageChange } from '#model/change'
import type { Finding } from '#model/finding'
import { RULES } from '#model/finding'
import { changeRows, changeSummary } from '../change-rows.ts'
import type { ChangeRow } from '../change-rows.ts'
import type { PageContext } from './context.ts'
import { counted, figure } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, folded, mark, packageId, RUN_WORDS, section, table, time } from './parts.ts'

/** Packages and findings that are listed. */
const MAX_ROWS = 1000
/** Rows that lie open. */
const OPEN_ROWS = 25

/** The section; undefined where there is nothing to compare with. */
export function changesSection(context: PageContext): Markup | undefined {
  const { change, audit } = context.report
  if (change !== undefined) return section('changes', 'What the change does', changeBody(change))
  const { comparison } = audit ?? {}
  if (comparison !== undefined) {
    return section('changes', 'Since the last run', comparisonBody(comparison, context), since(comparison))
  }
  if (audit === undefined) return undefined
  const first = markup`<p class="calm">There is no earlier run to compare with. Once this one is kept, the next says what changed.</p>`
  return section('changes', 'Since the last run', first)
}

function since({ since: { startedAt, verdict, toolVersion } }: RunComparison): Markup {
  return markup`Compared with the run of ${time(startedAt)}, whose answer was ${mark(RUN_WORDS[verdict], verdict)}, by depgate ${clipped(toolVersion, 40)}.`
}

function comparisonBody(comparison: RunComparison, context: PageContext): Part {
  const { fixedFindings, packages, since: before } = comparison
  const { findings, inputs, tool } = context.report
  const fresh = findings.filter((finding) => context.isNew(finding))
  return [
    markup`<p>${summaryOf(comparison, fresh.length)}</p>`,
    before.policySha256 !== inputs.policySha256 &&
      markup`<p class="note">The policy is another one than then: what is new or fixed may come from that alone.</p>`,
    before.toolVersion !== tool.version &&
      markup`<p class="note">That run was made by another version of depgate.</p>`,
    findingsList('New findings', fresh, (finding) => context.anchorOf(finding)),
    findingsList('Fixed findings', fixedFindings, () => undefined),
    packages.length > 0 && markup`<h3>Packages</h3>${packageTable(packages)}`,
  ]
}

function summaryOf({ fixedFindings, unchanged, packages }: RunComparison, fresh: number): string {
  if (fresh + fixedFindings.length + packages.length === 0) {
    return `Nothing is different; ${counted(unchanged, 'finding')} as before.`
  }
  const different = packages.length === 1 ? 'is' : 'are'
  return `${counted(fresh, 'finding')} ${fresh === 1 ? 'is' : 'are'} new, ${figure(fixedFindings.length)} fixed, ${figure(unchanged)} as before; ${counted(packages.length, 'package')} ${different} different.`
}

function findingsList(
  title: string,
  findings: readonly Finding[],
  anchorOf: (finding: Finding) => string | undefined,
): Part {
  if (findings.length === 0) return undefined
  const items = findings.slice(0, MAX_ROWS).map((finding) => {
    const anchor = anchorOf(finding)
    const { package: id, rule, message } = finding
    const words = id === undefined ? clipped(message, 300) : packageId(id)
    const subject = anchor === undefined ? words : markup`<a href="#${anchor}">${words}</a>`
    return markup`<li>${subject} <span class="words">${RULES[rule]}</span></li>`
  })
  const more = findings.length - items.length
  const rest = more > 0 && markup`<p class="calm">and ${more} more</p>`
  const list = markup`<ul class="short">${items}</ul>${rest}`
  return markup`<h3>${title} <span class="tally">${findings.length}</span></h3>${open(list, findings.length)}`
}

function changeBody(change: ChangeReport): Part {
  const { base, needsPolicyOwner, packages } = change
  const commit = base.commit === undefined ? '' : ` (${base.commit.slice(0, 12)})`
  return [
    markup`<p class="lead">Compared with ${code(`${base.name}${commit}`)}: ${changeSummary(change)}. What is found below is what the change brings.</p>`,
    needsPolicyOwner.length > 0 &&
      markup`<h3>Needs a policy owner</h3><ul class="short">${needsPolicyOwner.map(({ file, message }) => markup`<li>${code(file)} <span class="words">${message}</span></li>`)}</ul>`,
    packages.length > 0 && packageTable(packages),
  ]
}

function packageTable(packages: readonly PackageChange[]): Markup {
  const rows = changeRows({ packages: [...packages] })
  const shown = rows.slice(0, MAX_ROWS)
  const all = table(
    'Packages that came, went or are different',
    ['Package', 'Change', 'Version', 'Licence', 'Used for', 'Brought in by'],
    shown.map((row) => cells(row)),
  )
  const more = rows.length - shown.length
  return markup`${open(all, rows.length)}${more > 0 && markup`<p class="calm">and ${counted(more, 'more package')}</p>`}`
}

function cells({ what, name, version, license, kinds, by, relicensed }: ChangeRow): Part[] {
  const licences = turned(license)
  return [
    packageId(name),
    what,
    turned(version),
    relicensed ? markup`${mark('another licence', 'warn')} ${licences}` : licences,
    turned(kinds),
    by.length === 0 ? 'the project' : packageId(by.at(-1) ?? ''),
  ]
}

/** What it was and what it is. */
function turned(texts: readonly string[]): Part {
  return texts.map((text, at) => [
    at > 0 && markup` <span class="turn" aria-label="now">→</span> `,
    clipped(text, 120),
  ])
}

function open(list: Markup, rows: number): Markup {
  return rows > OPEN_ROWS ? folded(`Show all ${rows}`, list) : list
}
