/** All texts of the SPDX list under their current ids, the index made of them, and a random source that repeats itself. */
import { createRequire } from 'node:module'
import { loadTextIndex } from '#license/text/index-file'
import { recogniseText } from '#license/text/recognise'
import type { Recognition } from '#license/text/recognise'

const require = createRequire(import.meta.url)
const list = require('spdx-license-list/full') as Record<string, { licenseText: string }>
const deprecated = new Set(require('spdx-license-ids/deprecated') as string[])

export interface SpdxText {
  id: string
  text: string
}

export const SPDX_TEXTS: readonly SpdxText[] = Object.entries(list)
  .filter(([id]) => !deprecated.has(id) && !id.endsWith('+'))
  .map(([id, { licenseText }]) => ({ id, text: licenseText }))
  .toSorted((a, b) => (a.id < b.id ? -1 : 1))

export const INDEX = loadTextIndex()

export function spdxText(id: string): string {
  const text = list[id]?.licenseText
  if (text === undefined) throw new Error(`SPDX has no text ${id}`)
  return text
}

export function recognise(text: string): Recognition {
  return recogniseText(text, INDEX)
}

/** Whether a text was recognised as the one licence, or as one whose text is the same. */
export function isAccepted({ licenses }: Recognition, id: string): boolean {
  return licenses.length === 1 && licenses.some((ids) => ids.includes(id))
}

/** Numbers from 0 up to, not including, `below`: the same ones in each run (mulberry32). */
export function repeatableRandom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}
