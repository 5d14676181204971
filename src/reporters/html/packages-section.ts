/** Every package in one table: complete without a script, and with one to be searched, sorted and turned over page by page. */
import { LICENSE_FAMILIES } from '#model/license-family'
import type { PackageReport } from '#model/run-report'
import { familyOfPackage } from '../family-counts.ts'
import { licenseText } from '../list.ts'
import type { PageContext } from './context.ts'
import { counted } from './figures.ts'
import { clipped, markup, markupText, verbatim } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { section, shorten, VERDICT_WORDS } from './parts.ts'

/** Ids between the project and a package that are shown; a long path keeps both of its ends. */
const MAX_BETWEEN = 5
const MAX_ID = 214

const KINDS = { production: 'production', dev: 'development', optional: 'optional', peer: 'peer' } as const

/** The section. */
export function packagesSection(context: PageContext): Markup {
  const { packages } = context.report
  if (packages.length === 0) {
    return section('packages', 'All packages', markup`<p class="calm">There is no package.</p>`)
  }
  const severalWorkspaces = new Set(packages.flatMap(({ workspaces }) => workspaces)).size > 1
  // Tens of thousands of small templates cost more than one text.
  let rows = ''
  for (const entry of packages) rows += markupText(row(entry, context, severalWorkspaces))
  return section('packages', 'All packages', [
    controls(),
    markup`
      <details class="all" id="all-packages"><summary>${counted(packages.length, 'package')}</summary>
      <table class="plain packages"><caption class="unseen">All packages, sorted by name</caption>
      <thead><tr><th scope="col">Package</th><th scope="col">Licence</th><th scope="col">Family</th><th scope="col">Used for</th><th scope="col">Verdict</th><th scope="col">Brought in by</th></tr></thead>
      <tbody>${verbatim(rows)}</tbody></table></details>
      <nav class="pager" aria-label="Pages of the table" hidden><button type="button" id="back">Back</button><span id="page-words"></span><button type="button" id="on">Next</button></nav>`,
  ])
}

/** End tags that HTML lets out are left out: it is most of the page. */
function row(entry: PackageReport, { licenseFamily }: PageContext, severalWorkspaces: boolean): Markup {
  const { name, version, verdict, known, kinds, paths, workspaces, installed } = entry
  const [first = []] = paths
  const uses = kinds.map((kind) => KINDS[kind]).join(', ')
  const where = severalWorkspaces ? ` in ${workspaces.join(', ')}` : ''
  const word = known === true ? 'accepted for now' : VERDICT_WORDS[verdict]
  const between = shorten(first.slice(1, -1), MAX_BETWEEN).map((id, at): Part => [
    at > 0 && verbatim(' › '),
    id === undefined ? verbatim('…') : clipped(id, MAX_ID),
  ])
  const by = first.length === 0 ? '' : between.length === 0 ? 'the project' : between
  return markup`<tr><th scope=row>${clipped(name, MAX_ID)} <i>${clipped(version, 100)}</i><td>${licenseText(entry)}<td>${licenseFamily && familyOfPackage(entry, licenseFamily)}<td>${uses}${clipped(where, 300)}${!installed && ' (not installed)'}<td class=${verdict}>${word}<td>${by}`
}

/** Shown by the script: without one they would do nothing. */
function controls(): Markup {
  return markup`
    <form class="controls" id="controls" role="search" aria-label="Packages" hidden>
    <label class="wide">Search <input id="search" type="search" autocomplete="off" spellcheck="false" placeholder="name, licence, who brings it in"></label>
    ${choice('by-verdict', 'Verdict', [...Object.values(VERDICT_WORDS), 'accepted for now'])}
    ${choice('by-family', 'Family', LICENSE_FAMILIES)}
    ${choice('by-use', 'Used for', Object.values(KINDS))}
    <p id="found" role="status" aria-live="polite"></p></form>`
}

function choice(id: string, label: string, words: readonly string[]): Markup {
  return markup`<label>${label} <select id="${id}"><option value="">all</option>${words.map((word) => markup`<option>${word}</option>`)}</select></label>`
}
