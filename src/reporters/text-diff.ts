/** Shows how a licence file differs from a known text, word by word, and how a policy file changes, line by line. */
import { display } from './display.ts'
import { painter, wrap } from './text-layout.ts'
import type { TextStyle } from './text-layout.ts'

/** Two texts as words, and the half-open ranges in which they differ, in order. */
export interface WordDifferences {
  known: readonly string[]
  found: readonly string[]
  changes: readonly { known: readonly [number, number]; found: readonly [number, number] }[]
}

/** How to show it. */
export interface DiffStyle {
  width: number
  color: boolean
}

/** Words shown before and behind a difference. */
const CONTEXT = 8
/** Words shown of one side of a difference: its beginning and its end. */
const MAX_WORDS = 120
const MAX_CHANGES = 30
/** Lines shown around a change of a policy. */
const AROUND = 3
/** Lines of a policy that are compared one by one. */
const MAX_COMPARED = 2000

type Sign = '-' | '+' | ' '
const COLOR: Record<Sign, TextStyle | undefined> = { '-': 'red', '+': 'green', ' ': undefined }

/**
 * The differences with some words around them: `-` stands in the known text only, `+` in the file only. No line is
 * longer than the width unless a word is.
 */
export function wordDiff({ known, found, changes }: WordDifferences, style: DiffStyle): string[] {
  const lines: string[] = []
  const put = (sign: Sign, text: string): void => {
    if (text === '') return
    const paint = painter(style.color)
    const color = COLOR[sign]
    for (const line of wrap(display(text, 4000), Math.max(20, style.width - 4))) {
      lines.push(color === undefined ? `  ${sign} ${line}` : paint(color, `  ${sign} ${line}`))
    }
  }
  const shown = changes.slice(0, MAX_CHANGES)
  let end = 0
  for (const [at, change] of shown.entries()) {
    const start = change.found[0]
    const isNear = at > 0 && start - end <= 2 * CONTEXT
    if (isNear) put(' ', words(found, end, start))
    else {
      if (at > 0) put(' ', `${words(found, end, end + CONTEXT)} …`)
      if (at > 0) lines.push('')
      const from = Math.max(end, start - CONTEXT)
      put(' ', `${from > 0 ? '… ' : ''}${words(found, from, start)}`.trimEnd())
    }
    put('-', excerpt(known.slice(...change.known)))
    put('+', excerpt(found.slice(...change.found)))
    end = change.found[1]
  }
  const rest = found.length - end
  if (shown.length > 0) put(' ', words(found, end, end + CONTEXT) + (rest > CONTEXT ? ' …' : ''))
  const more = changes.length - shown.length
  if (more > 0) lines.push('', `  and ${more} more ${more === 1 ? 'difference' : 'differences'}`)
  return lines
}

function words(all: readonly string[], from: number, to: number): string {
  return all.slice(from, to).join(' ')
}

function excerpt(all: readonly string[]): string {
  if (all.length <= MAX_WORDS) return all.join(' ')
  const half = MAX_WORDS / 2
  const left = all.length - MAX_WORDS
  return `${words(all, 0, half)} … ${left} more words … ${words(all, all.length - half, all.length)}`
}

/** The lines in which two versions of a file differ, with line numbers and some lines around them. */
export function lineDiff(before: string, after: string, style: DiffStyle): string[] {
  const [old, fresh] = [linesOf(before), linesOf(after)]
  const rows = compared(old, fresh)
  const isNear = (at: number): boolean =>
    rows.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== ' ')
  const shown = rows.map((_row, at) => isNear(at))
  const digits = String(Math.max(old.length, fresh.length)).length
  const paint = painter(style.color)
  return rows.flatMap(({ sign, line, number }, at) => {
    if (shown[at] !== true) return shown[at - 1] === true && shown.includes(true, at) ? ['  …'] : []
    const text =
      `  ${String(number).padStart(digits)} ${sign} ${display(line.replaceAll('\t', '    '))}`.trimEnd()
    const color = COLOR[sign]
    return [color === undefined ? text : paint(color, text)]
  })
}

interface Row {
  sign: Sign
  line: string
  /** In the new file, for `-` in the old one. */
  number: number
}

function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').split(/\r?\n/)
}

/** Every line of both, those they share once. */
function compared(old: string[], fresh: string[]): Row[] {
  let head = 0
  while (head < Math.min(old.length, fresh.length) && old[head] === fresh[head]) head += 1
  let tail = 0
  while (tail < Math.min(old.length, fresh.length) - head && old.at(-1 - tail) === fresh.at(-1 - tail))
    tail += 1
  const a = old.slice(head, old.length - tail)
  const b = fresh.slice(head, fresh.length - tail)
  const middle: Row[] = []
  let [i, j] = [0, 0]
  for (const [x, y] of [...sharedLines(a, b), [a.length, b.length] as const]) {
    for (; i < x; i += 1) middle.push(row('-', a[i] ?? '', head + i))
    for (; j < y; j += 1) middle.push(row('+', b[j] ?? '', head + j))
    if (j < b.length) middle.push(row(' ', b[j] ?? '', head + j))
    i += 1
    j += 1
  }
  return [
    ...fresh.slice(0, head).map((line, at) => row(' ', line, at)),
    ...middle,
    ...fresh.slice(fresh.length - tail).map((line, at) => row(' ', line, fresh.length - tail + at)),
  ]
}

function row(sign: Sign, line: string, at: number): Row {
  return { sign, line, number: at + 1 }
}

/** The longest list of lines that both have in the same order, as pairs of places. */
function sharedLines(a: string[], b: string[]): [number, number][] {
  if (a.length * b.length > MAX_COMPARED * MAX_COMPARED) return []
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  const pairs: [number, number][] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1
    else j += 1
  }
  return pairs
}
