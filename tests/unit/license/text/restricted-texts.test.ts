/** A text that says more, or less, than an SPDX licence is not accepted as that licence. */
import { expect, test } from 'vitest'
import { RESTRICTIONS } from './restrictions.ts'
import { SPDX_TEXTS, isAccepted, recognise, repeatableRandom } from './spdx-texts.ts'
import type { SpdxText } from './spdx-texts.ts'

type Random = (below: number) => number
/** Gives the changed text, or undefined where a text has no place for the change. */
type Change = (text: string, random: Random) => string | undefined

const CHANGES: Readonly<Record<string, Change>> = {
  'a restriction as a paragraph of its own': (text, random) => {
    const paragraphs = text.split(/\n[ \t]*\n/)
    paragraphs.splice(random(paragraphs.length + 1), 0, pick(RESTRICTIONS, random))
    return paragraphs.join('\n\n')
  },
  'a restriction on a line of its own': (text, random) => {
    const lines = text.split('\n')
    lines.splice(random(lines.length + 1), 0, pick(RESTRICTIONS, random))
    return lines.join('\n')
  },
  'a restriction before it': (text, random) => `${pick(RESTRICTIONS, random)}\n\n${text}`,
  'a restriction behind it': (text, random) => `${text}\n\n${pick(RESTRICTIONS, random)}\n`,
  'a sentence deleted': (text, random) => {
    const [start, end] = pick(sentencesOf(text), random)
    return text.slice(0, start) + text.slice(end)
  },
  'a "not" added': (text, random) => {
    const [start, end] = pick(sentencesOf(text), random)
    const blanks = [...text.slice(start, end).matchAll(/(?<=[a-z]) (?=[a-z])/g)]
    if (blanks.length === 0) return undefined
    const at = start + pick(blanks, random).index
    return `${text.slice(0, at)} not${text.slice(at)}`
  },
  'a "not" removed': (text, random) => replaceOne(text, /\bnot /gi, '', random),
  '"must" for "may"': (text, random) => replaceOne(text, /\bmay\b/g, 'must', random),
  '"with" for "with or without"': (text, random) =>
    replaceOne(text, /\bwith\s+or\s+without\b/gi, 'with', random),
  'a smaller number': (text, random) =>
    replaceOne(text, /\b(?:30|60|90|thirty|sixty|twelve)\b/gi, 'ten', random),
  'a restriction behind a word': (text, random) => {
    const words = text.split(' ')
    words.splice(random(words.length) + 1, 0, pick(RESTRICTIONS, random))
    return words.join(' ')
  },
}

test.each(Object.entries(CHANGES))('no SPDX text is accepted with %s', (name, change) => {
  expect(acceptedAfter(name, change)).toEqual([])
})

/** Where the sentences of the licence itself stand: no title, copyright notice, preface or appendix. */
function sentencesOf(text: string): [number, number][] {
  const body = text.slice(0, bodyEnd(text))
  const all = [...body.matchAll(/[^.;:\n](?:[^.;:\n]|\n(?![ \t]*\n))*[.;:]/g)].map(
    ({ 0: sentence, index }): [number, number] => [index, index + sentence.length],
  )
  const own = all.filter(([start, end]) => {
    const sentence = text.slice(start, end)
    return /(?:[a-z]+[\s,]+){6}/.test(sentence) && !NOT_OWN.test(sentence)
  })
  return own.length === 0 ? [[0, body.length]] : own
}

/** What the SPDX guidelines leave out: notices, and what Creative Commons says of itself before its licences. */
const NOT_OWN = /copyright\s+(?:\(c\)|©|\d)|creative\s+commons|all rights reserved|^\s*version/i
const APPENDIX = /^\W*(?:end of terms and conditions|(?:appendix:?\s*)?how to apply )/im

function bodyEnd(text: string): number {
  return APPENDIX.exec(text)?.index ?? text.length
}

function replaceOne(text: string, pattern: RegExp, by: string, random: Random): string | undefined {
  const places = sentencesOf(text).flatMap(([start, end]) =>
    [...text.slice(start, end).matchAll(pattern)].map(({ 0: found, index }) => ({
      at: start + index,
      found,
    })),
  )
  if (places.length === 0) return undefined
  const { at, found } = pick(places, random)
  return text.slice(0, at) + by + text.slice(at + found.length)
}

/** The ids whose text is still accepted as itself, each with the text that was. */
function acceptedAfter(seed: string, change: Change): string[] {
  const random = repeatableRandom(
    Array.from(seed).reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7),
  )
  return SPDX_TEXTS.flatMap((licence: SpdxText) => {
    const changed = change(licence.text, random)
    return changed !== undefined && isAccepted(recognise(changed), licence.id)
      ? [`${licence.id}: ${differenceOf(licence.text, changed)}`]
      : []
  })
}

function pick<Item>(from: readonly Item[], random: Random): Item {
  const item = from[random(from.length)]
  if (item === undefined) throw new Error('there is nothing to pick from')
  return item
}

/** What a change put in and took out, for the message. */
function differenceOf(before: string, after: string): string {
  let start = 0
  while (start < before.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before.at(-1 - end) === after.at(-1 - end)
  )
    end += 1
  return `"${before.slice(start, before.length - end)}" became "${after.slice(start, after.length - end)}"`
}
