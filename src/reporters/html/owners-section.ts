/** The findings once more, by who answers for them. */
import type { Finding } from '#model/finding'
import { addTo } from '#model/lists-by-key'
import { partKnown } from '../known-text.ts'
import type { PageContext } from './context.ts'
import { counted, figure } from './figures.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { folded, packageId, section, table } from './parts.ts'

const MAX_OWNERS = 200
/** Findings of one owner that are named. */
const MAX_FINDINGS = 200

/** The section; undefined where nobody is known to answer for anything. */
export function ownersSection(context: PageContext): Markup | undefined {
  const { others } = partKnown(context.report.findings)
  if (others.every(({ owners }) => owners === undefined)) return undefined
  const byOwner = new Map<string, Finding[]>()
  for (const finding of others) {
    for (const owner of finding.owners ?? ['']) addTo(byOwner, owner, finding)
  }
  const rows = [...byOwner].toSorted(
    (a, b) =>
      deniedOf(b[1]).length - deniedOf(a[1]).length || b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1),
  )
  return section(
    'owners',
    'Who answers for it',
    [
      table(
        'Findings by owner',
        ['Owner', 'To act on', 'Warnings', 'Which'],
        rows.slice(0, MAX_OWNERS).map(([owner, findings]): Part[] => {
          const denied = deniedOf(findings)
          return [
            owner === '' ? 'nobody is named' : markup`<b>${clipped(owner, 200)}</b>`,
            figure(denied.length),
            figure(findings.length - denied.length),
            denied.length === 0 ? '–' : folded(counted(denied.length, 'finding'), links(denied, context)),
          ]
        }),
      ),
      rows.length > MAX_OWNERS && markup`<p class="calm">and ${figure(rows.length - MAX_OWNERS)} more</p>`,
    ],
    'By the owner of an exception, and by CODEOWNERS for the package.json of each workspace that brings a package in. A finding with several owners counts for each of them.',
  )
}

function deniedOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'deny')
}

function links(findings: readonly Finding[], context: PageContext): Markup {
  const items = findings.slice(0, MAX_FINDINGS).map((finding) => {
    const words = finding.package === undefined ? clipped(finding.message, 160) : packageId(finding.package)
    return markup`<li><a href="#${context.anchorOf(finding) ?? ''}">${words}</a> <span class="words">${finding.rule}</span></li>`
  })
  const more = findings.length - items.length
  return markup`<ul class="short">${items}</ul>${more > 0 && markup`<p class="calm">and ${figure(more)} more</p>`}`
}
