/** One finding as a part that can be opened: what is said, how the package got in, the evidence, the fix. */
import type { Finding } from '#model/finding'
import { RULE_TRAITS } from '#model/rule-traits'
import type { PageContext } from './context.ts'
import { evidence } from './evidence.ts'
import { fixBlock, sentence } from './fix.ts'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, day, mark, packageId, path } from './parts.ts'

/** Lines of details that are shown. */
const MAX_DETAILS = 40
const MAX_MESSAGE = 1000

/** The finding with everything that is known about it. */
export function findingItem(finding: Finding, context: PageContext): Markup {
  return markup`
    <details class="finding" id="${context.anchorOf(finding) ?? ''}"><summary>${headline(finding, context)}</summary>
    <div class="body"><p class="message">${sentence(finding.message.slice(0, MAX_MESSAGE))}</p>
    ${places(finding)}${details(finding)}${claims(finding, context)}
    ${finding.fix !== undefined && fixBlock(finding.fix)}</div></details>`
}

/** The finding on a line, where there are too many for more, or nothing more to say than its name. */
export function shortItem(finding: Finding, context: PageContext, sameWords: boolean): Markup {
  const { path: ids, message } = finding
  const by = ids.at(-2)
  return markup`
    <li id="${context.anchorOf(finding) ?? ''}">${subject(finding)}${newMark(finding, context)}
    ${!sameWords && markup`<span class="words">${clipped(message, 300)}</span>`}
    ${ids.length > 2 && by !== undefined && markup`<span class="by">by ${packageId(by)}</span>`}</li>`
}

function headline(finding: Finding, context: PageContext): Part {
  const { package: id, details: [hint] = [] } = finding
  const entry = context.packageOf(id)
  const kinds = entry?.kinds.join(', ') ?? ''
  return markup`
    ${subject(finding)}${newMark(finding, context)}
    ${hint !== undefined && markup`<span class="words">${clipped(hint, 90)}</span>`}
    <span class="aside">${kinds}</span>`
}

/** The package, or the first words of what is said where it is about none. */
function subject({ package: id, message }: Finding): Markup {
  return id === undefined ? markup`<span>${clipped(message, 160)}</span>` : packageId(id)
}

function newMark(finding: Finding, context: PageContext): Part {
  return context.isNew(finding) && markup` ${mark('new', 'new')}`
}

function places({ path: ids, location, known, owners = [] }: Finding): Part {
  return [
    ids.length > 1 && markup`<div class="row"><p class="label">Brought in by</p>${path(ids)}</div>`,
    location !== undefined &&
      markup`<div class="row"><p class="label">Stands at</p><p>${code(location.line === undefined ? location.file : `${location.file}:${location.line}`)}</p></div>`,
    owners.length > 0 &&
      markup`<div class="row"><p class="label">Answers for it</p><p>${clipped(owners.join(', '), 300)}</p></div>`,
    known !== undefined &&
      markup`<div class="row"><p class="label">Accepted</p><p>since ${day(known.since)}${known.expires !== undefined && markup` until ${day(known.expires)}`}: ${known.reason}</p></div>`,
  ]
}

function details({ details: lines = [] }: Finding): Part {
  if (lines.length === 0) return undefined
  const more = lines.length - MAX_DETAILS
  return markup`
    <div class="row"><p class="label">In detail</p><ul class="differences">
    ${lines.slice(0, MAX_DETAILS).map((line) => markup`<li>${clipped(line, 500)}</li>`)}
    ${more > 0 && markup`<li>and ${more} more</li>`}</ul></div>`
}

/** What is said of the licence has nothing to do with where a package comes from or how old it is. */
function claims({ rule, package: id }: Finding, context: PageContext): Part {
  const { group } = RULE_TRAITS[rule]
  const entry = context.packageOf(id)
  if (entry === undefined || group === 'packages' || group === 'sources') return undefined
  return markup`<div class="row"><p class="label">Evidence</p><div>${evidence(entry)}</div></div>`
}
