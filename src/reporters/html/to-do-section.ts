/** The findings, grouped by what a person has to do, and below that by what is decided in one go. */
import type { Finding } from '#model/finding'
import { partKnown } from '../known-text.ts'
import { matterTitle, toDo } from './actions.ts'
import type { Matter, ToDo } from './actions.ts'
import type { PageContext } from './context.ts'
import { counted, figure } from './figures.ts'
import { findingItem, shortItem } from './finding-item.ts'
import { fixBlock } from './fix.ts'
import { markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { code, folded, mark, section } from './parts.ts'

/** Findings with their evidence; the page of a tree in which everything is wrong has to stay one that opens. */
const DETAILED = 250
/** Findings that are shown at all. */
const MAX_SHOWN = 4000

/** How much room is left. */
interface Room {
  detailed: number
  shown: number
}

/** The section; it says so where there is nothing to do. */
export function toDoSection(context: PageContext): Markup {
  const { known, others } = partKnown(context.report.findings)
  const room: Room = { detailed: DETAILED, shown: MAX_SHOWN }
  const groups = toDo(others).map((entry) => group(entry, context, room))
  const left = others.length - (MAX_SHOWN - room.shown)
  const body = [
    ...groups,
    groups.length === 0 && markup`<p class="calm">Nothing. No rule of the policy objects to anything.</p>`,
    left > 0 &&
      markup`<p class="calm">${counted(left, 'more finding')} not shown here. The JSON report has everything.</p>`,
    knownFindings(known, context, room),
  ]
  return section('to-do', 'What to do', body)
}

function group({ action, matters, denied, warned }: ToDo, context: PageContext, room: Room): Markup {
  const tally = [denied > 0 && `${figure(denied)} to act on`, warned > 0 && counted(warned, 'warning')]
  return markup`
    <div class="group ${denied > 0 ? 'denied' : 'warned'}" id="do-${action.id}"><h3>${action.title} <span class="tally">${tally.filter((text) => text !== false).join(' · ')}</span></h3>
    <p class="about">${action.about}</p>${matters.map((matter) => matterBlock(matter, context, room))}</div>`
}

/** What fails the run lies open, warnings are folded: a reader has a minute. */
function matterBlock(matter: Matter, context: PageContext, room: Room): Markup {
  const { findings, license, rule } = matter
  const isDenied = findings[0]?.severity === 'deny'
  const head = markup`${license !== undefined && markup`${code(license)} `}<span class="sentence">${matterTitle(matter)}</span> <span class="tally">${counted(findings.length, what(findings))} · ${rule}</span>`
  const list = findingList(matter, context, room)
  if (isDenied) return markup`<div class="matter"><h4>${head}</h4>${list}</div>`
  return markup`<div class="matter">${folded(markup`${mark('warning', 'warn')} ${head}`, list)}</div>`
}

function what(findings: readonly Finding[]): string {
  const names = new Set(findings.map(({ package: id }) => id))
  return names.size === findings.length && !names.has(undefined) ? 'package' : 'finding'
}

/** Findings that have more to say than a line are opened one by one; others share one fix. */
function findingList({ rule, findings }: Matter, context: PageContext, room: Room): Markup {
  const shown = findings.slice(0, room.shown)
  room.shown -= shown.length
  const more = findings.length - shown.length
  const rest = more > 0 && markup`<p class="calm">and ${figure(more)} more</p>`
  const [first] = shown
  const isAlike = ALIKE.has(rule) && shown.every(({ fix }) => fix === first?.fix)
  const detailed = isAlike ? 0 : Math.min(room.detailed, shown.length)
  room.detailed -= detailed
  const short = shown.slice(detailed)
  return markup`
    ${shown.slice(0, detailed).map((finding) => findingItem(finding, context))}
    ${isAlike && first?.fix !== undefined && fixBlock(first.fix)}
    ${short.length > 0 && markup`<ul class="short">${short.map((finding) => shortItem(finding, context, isAlike))}</ul>`}${rest}`
}

/** Rules whose findings say the same of every package and have no evidence of their own. */
const ALIKE = new Set<Finding['rule']>(['license-text-missing', 'integrity-missing', 'package-extraneous'])

function knownFindings(known: readonly Finding[], context: PageContext, room: Room): Part {
  if (known.length === 0) return undefined
  const lists = toDo(known).flatMap(({ matters }) =>
    matters.map(
      (matter) =>
        markup`<h4>${matter.license !== undefined && markup`${code(matter.license)} `}<span class="sentence">${matterTitle(matter)}</span> <span class="tally">${counted(matter.findings.length, what(matter.findings))}</span></h4>${findingList(matter, context, room)}`,
    ),
  )
  return markup`
    <div class="group known" id="do-known"><h3>Accepted for now <span class="tally">${counted(known.length, 'finding')}</span></h3>
    <p class="about">The baseline knows them: each fails the run again once its entry ends or is taken out.</p>
    ${folded('Show them', lists)}</div>`
}
