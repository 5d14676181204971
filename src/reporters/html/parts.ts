/** The small parts that all sections are made of: a section with its heading, a list of facts, a table, a path, a mark. */
import type { Verdict } from '#model/finding'
import { clipped, markup } from './markup.ts'
import type { Markup, Part } from './markup.ts'
import { dayText, timeText } from './figures.ts'

/** Longest id that is shown. */
const MAX_ID = 214
/** Ids of a path that are shown: a long one keeps both of its ends. */
const MAX_PATH = 9

/** What a verdict is called where people read it. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'allowed',
  violation: 'not allowed',
  unknown: 'unknown',
  incomplete: 'not checked',
}

/** What the verdict of a whole run is called. */
export const RUN_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'pass',
  violation: 'violation',
  unknown: 'unknown',
  incomplete: 'could not check',
}

/** A part of the page with a heading that can be led to. */
export function section(id: string, title: string, body: Part, lead?: Part): Markup {
  return markup`
    <section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
    ${lead !== undefined && markup`<p class="lead">${lead}</p>`}${body}</section>\n`
}

/** Facts with their names; those that are not known are left out. */
export function facts(entries: readonly (readonly [name: string, value: Part])[]): Markup {
  const rows = entries.map(
    ([name, value]) =>
      value !== undefined && value !== false && value !== '' && markup`<div><dt>${name}<dd>${value}</div>`,
  )
  return markup`<dl class="facts">${rows}</dl>`
}

/** A table; a phone shows each row as a block in which every cell has its column's name. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly Part[])[],
): Markup {
  const cells = (row: readonly Part[]): Markup[] =>
    row.map((cell, at) =>
      at === 0
        ? markup`<th scope="row">${cell}</th>`
        : markup`<td data-label="${columns[at] ?? ''}"><div>${cell}</div></td>`,
    )
  return markup`
    <table class="plain"><caption class="unseen">${caption}</caption>
    <thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => markup`<tr>${cells(row)}</tr>`)}</tbody></table>`
}

/** An id of a package, breakable behind the scope. */
export function packageId(id: string): Markup {
  return markup`<code class="id">${clipped(id, MAX_ID)}</code>`
}

/** Code on a line. */
export function code(text: string, max = MAX_ID): Markup {
  return markup`<code>${clipped(text, max)}</code>`
}

/** Ids from the root down, the last one told apart. */
export function path(ids: readonly string[]): Markup {
  const shown = shorten(ids)
  const items = shown.map((id) =>
    id === undefined
      ? markup`<li aria-label="and others in between">…</li>`
      : markup`<li>${packageId(id)}</li>`,
  )
  return markup`<ol class="path">${items}</ol>`
}

/** A long path with a gap in its middle. */
export function shorten(ids: readonly string[], most = MAX_PATH): (string | undefined)[] {
  if (ids.length <= most) return [...ids]
  const half = Math.floor(most / 2)
  return [...ids.slice(0, half), undefined, ...ids.slice(-half)]
}

/** A day that a program can read too. */
export function day(iso: string): Markup {
  return markup`<time datetime="${iso}">${dayText(iso)}</time>`
}

/** The same with the time of day. */
export function time(iso: string): Markup {
  return markup`<time datetime="${iso}">${timeText(iso)}</time>`
}

/** A word in a frame that says what kind of thing this is; `tone` is one of the colours of the style sheet. */
export function mark(word: string, tone: Verdict | 'new' | 'plain' | 'warn'): Markup {
  return markup`<span class="mark ${tone}">${word}</span>`
}

/** A part that is folded until somebody opens it. */
export function folded(summary: Part, body: Part): Markup {
  return markup`<details class="fold"><summary>${summary}</summary>${body}</details>`
}
