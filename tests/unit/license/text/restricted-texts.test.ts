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
  'a restriction behind a word': (text, random) => {
    const words = text.split(' ')
    words.splice(random(words.length) + 1, 0, pick(RESTRICTIONS, random))
    return words.join(' ')
  },
}

test.each(Object.entries(CHANGES))('no SPDX text is accepted with %s', (name, change) => {
  expect(acceptedAfter(name, change)).toEqual([])
})

/** The ids whose text is still accepted as itself, each with the text that was. */
function acceptedAfter(seed: string, change: Change): string[] {
  const random = repeatableRandom([...seed].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7))
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
