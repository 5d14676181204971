/**
 * Makes data/license-texts.br, the index of known licence texts, out of spdx-license-list: node scripts/license-texts.mjs
 *
 * With --check nothing is written: it fails if the file is not what the installed list and the sources give.
 */
import { createRequire } from 'node:module'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { fixPhrases } from '../dist/license/text/fixed-phrases.js'
import { isTellingAt } from '../dist/license/text/names.js'
import { textWords } from '../dist/license/text/text-words.js'
import { bySketchBucket, trigramHashes } from '../dist/license/text/sketches.js'
import { WORD_KIND } from '../dist/license/text/text-index.js'
import { currentSpelling } from '../dist/license/leaf-meaning.js'
import { parseExpression } from '../dist/license/expression.js'

const require = createRequire(import.meta.url)
const list = require('spdx-license-list/full')
const { version } = require('spdx-license-list/package.json')
const deprecated = new Set(require('spdx-license-ids/deprecated'))
const sources = new URL('../src/license/text/', import.meta.url)
const target = new URL('../data/license-texts.br', import.meta.url)

/** Raised when the same list gives another index. */
const FORMAT = 2
/** Smallest hashes that stand for a text. */
const SKETCH = 32
/** Bytes of texts that are packed together: fewer cost space, more cost time where one of them is wanted. */
const BLOCK = 96 * 1024
/** Texts that must have a word before it counts as common. */
const COMMON = 3

/** Words that stand around what may vary: no text has them. */
const MARKS = new Set(['end', ...Object.keys(WORD_KIND)].map((kind) => `zq${kind}`))

/** A line that begins as a copyright notice does; `(c)` alone is a bullet, unless a year or a holder follows. */
const COPYRIGHT =
  /^\W*(?:portions\s+)?copyright\W*(?:\(c\)|©|<|\[|\{|\d{4}|yyyy|by\b)|^\W*©|^\W*\(c\)\s*(?:copyright|\d{4}|<|\[|\{)|^\W*all rights reserved\W*$/i
const CLOSING = /^\W*end of terms and conditions\W*$/i
const APPENDIX = /^\W*(?:appendix:?\s+)?how to apply (?:these|the|this)\b/i
/** Paragraphs before a licence that are no part of it, as SPDX marks them. */
const PREFACE = /^\W*creative commons corporation is not a law firm\b/i
const PLACEHOLDER = /<[^<>\n]{2,120}>|\[[^[\]\n]{2,120}\]|\{[^{}\n]{2,120}\}/g
/** What a placeholder asks for. Brackets around anything else belong to the licence. */
const ASKED_FOR =
  /https?:|@|^[\W_]*$|\b(?:years?|y{4}|\d{4}|x{4}|names?|owner|holders?|authors?|inhaber|rechtsinhabers|jahr|organization|product|program|software|asset|state|institution|group|email|dates?|number|url|address|site|insert|signature|licensor|copyright (?:information|notice)|one line)\b/i
/** Placeholders that speak of the licence they stand in. */
const INSTRUCTION = /^\W*(?:one line to give|insert your)\b/i
const TITLE_WORDS = new Set(
  'the license version v of and terms conditions public general software free open source for copyright legal code january february march april may june july august september october november december'.split(
    ' ',
  ),
)

const bodies = new Map()
for (const id of Object.keys(list).toSorted()) {
  // Of the deprecated ids only the GNU ones have the text of another id.
  if (deprecated.has(id) && !/^(?:[AL]?GPL|GFDL)-\d+\.\d+\+?$/.test(id)) continue
  const { name, licenseText } = list[id]
  const titleWords = new Set([
    ...(textWords(name)?.words ?? []),
    ...(textWords(id.replaceAll('-', ' '))?.words ?? []),
  ])
  const marked = mark(licenseText, titleWords)
  const cut = textWords(marked)
  if (cut === undefined) {
    console.error(`${id} has characters that cannot be seen: left out`)
    continue
  }
  const { words, kinds } = unmark(fixPhrases(cut, [...MARKS]).words)
  const key = words.filter((_, at) => kinds[at] === WORD_KIND.body).join(' ')
  const known = bodies.get(key)
  if (known === undefined) bodies.set(key, { ids: [id], words, kinds, titleWords })
  else {
    known.ids.push(id)
    for (const word of titleWords) known.titleWords.add(word)
  }
}

const texts = [...bodies.values()]
for (const text of texts) text.ids = withoutDeprecated(text.ids)
const frequency = new Map()
for (const { words, kinds } of texts) {
  const said = new Set(words.filter((_, at) => kinds[at] === WORD_KIND.body))
  for (const word of new Set(words))
    frequency.set(word, (frequency.get(word) ?? 0) + (said.has(word) ? 1 : 0))
}
for (const { titleWords } of texts)
  for (const word of titleWords) if (!frequency.has(word)) frequency.set(word, 0)
const vocabulary = [...frequency.keys()].toSorted(
  (a, b) => frequency.get(b) - frequency.get(a) || (a < b ? -1 : 1),
)
const numberOf = new Map(vocabulary.map((word, number) => [word, number]))

const packed = texts.map(({ ids, words, kinds, titleWords }) => {
  const numbers = words.map((word) => numberOf.get(word))
  const body = numbers.filter((_, at) => kinds[at] === WORD_KIND.body)
  const sketch = [...trigramHashes(body)].toSorted((a, b) => a - b).slice(0, SKETCH)
  return {
    ids,
    titleWords: [...titleWords].map((word) => numberOf.get(word)).toSorted((a, b) => a - b),
    words: variable(numbers),
    kinds: variable(runs(kinds)),
    sketch,
  }
})
const blocks = []
for (const { words, kinds } of packed) {
  const block = blocks.at(-1)
  const bytes = Buffer.concat([words, kinds])
  if (block === undefined || block.bytes.length + bytes.length > BLOCK) blocks.push({ texts: 1, bytes })
  else {
    block.texts += 1
    block.bytes = Buffer.concat([block.bytes, bytes])
  }
}
// Of one hash the texts stand in their order.
const sketches = packed
  .flatMap(({ sketch }, text) => sketch.map((hash) => ({ hash, text })))
  .toSorted((a, b) => bySketchBucket(a.hash, b.hash) || a.text - b.text)
const head = Buffer.from(
  JSON.stringify({
    version: `spdx-license-list ${version}, format ${FORMAT}`,
    vocabulary: vocabulary.join(' '),
    common: vocabulary.filter((word) => frequency.get(word) >= COMMON).length,
    hashes: sketches.length,
    texts: packed.map(({ ids, titleWords, words, kinds, sketch }) => ({
      ids,
      titleWords,
      sketch: sketch.length,
      bytes: [words.length, kinds.length],
    })),
    blocks: blocks.map((block) => block.texts),
  }),
)
const front = Buffer.concat([
  littleEndian([head.length], 4),
  head,
  littleEndian(
    sketches.map(({ hash }) => hash),
    4,
  ),
  littleEndian(
    sketches.map(({ text }) => text),
    2,
  ),
])
const parts = [front, ...blocks.map(({ bytes }) => bytes)]

const fingerprint = fingerprintModule()
if (process.argv.includes('--check')) {
  const isSame =
    existsSync(target) &&
    sameParts(unpacked(readFileSync(target))) &&
    readFileSync(new URL('fingerprint.ts', sources), 'utf8') === fingerprint
  if (!isSame) {
    console.error('data/license-texts.br or its fingerprint is out of date: run npm run license-texts')
    process.exit(1)
  }
  console.log(`data/license-texts.br is what spdx-license-list ${version} gives`)
} else {
  const index = Buffer.concat(parts.map(pack).flatMap((part) => [littleEndian([part.length], 4), part]))
  writeFileSync(target, index)
  writeFileSync(new URL('fingerprint.ts', sources), fingerprint)
  console.log(
    `${texts.length} texts, ${vocabulary.length} words, ${blocks.length} blocks, ${index.length} bytes`,
  )
}

function pack(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  })
}

/** Not the packed bytes are compared: another release of Node may pack the same in another way. */
function unpacked(bytes) {
  const found = []
  for (let at = 0; at < bytes.length;) {
    const end = at + 4 + bytes.readUInt32LE(at)
    found.push(brotliDecompressSync(bytes.subarray(at + 4, end)))
    at = end
  }
  return found
}

function sameParts(others) {
  return others.length === parts.length && parts.every((part, at) => part.equals(others[at]))
}

function littleEndian(numbers, size) {
  const bytes = Buffer.alloc(size * numbers.length)
  for (const [at, number] of numbers.entries()) bytes.writeUIntLE(number, size * at, size)
  return bytes
}

/** A module whose value changes whenever a text could be recognised otherwise: results are kept under it. */
function fingerprintModule() {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  for (const file of readdirSync(sources).toSorted()) {
    if (file !== 'fingerprint.ts') hash.update(file).update(readFileSync(new URL(file, sources)))
  }
  return `/** Changes whenever a licence text could be recognised otherwise; written by scripts/license-texts.mjs. */

/** sha256 (the first 16 hex digits) of the index and of the modules that read texts. */
export const TEXT_FINGERPRINT = '${hash.digest('hex').slice(0, 16)}'
`
}

/** Puts words around what may vary, so that it can still be told after the text was cut into words. */
function mark(text, titleWords) {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  let inTitle = true
  let inPreface = false
  let appendix
  const marked = lines.map((line) => {
    const words = textWords(line)?.words ?? []
    inPreface = words.length > 0 && (inPreface || PREFACE.test(line))
    if (words.length === 0) return line
    if (inPreface) return `zqtitle ${line} zqend`
    if (CLOSING.test(line) && appendix === undefined) return `zqclosing ${line} zqend`
    if (APPENDIX.test(line) && appendix === undefined) {
      appendix = true
      return `zqappendix ${line}`
    }
    const notice = COPYRIGHT.test(line) ? copyrightNotice(line) : ''
    if (notice !== '') return `zqname ${notice} zqend ${markPlaceholders(line.slice(notice.length))}`
    if (
      inTitle &&
      words.length <= 14 &&
      words.every((word) => titleWords.has(word) || TITLE_WORDS.has(word) || /^\d+$/.test(word))
    ) {
      return `zqtitle ${line} zqend`
    }
    inTitle = false
    return markPlaceholders(line)
  })
  return marked.join('\n') + (appendix ? '\nzqend' : '')
}

function markPlaceholders(line) {
  return line.replace(PLACEHOLDER, (found) =>
    ASKED_FOR.test(found) && (INSTRUCTION.test(found) || !isTelling(found))
      ? ` zqname ${found} zqend `
      : found,
  )
}

/** A line that begins with a copyright notice, as far as it says nothing about what may be done. */
function copyrightNotice(line) {
  let notice = ''
  for (const sentence of line.split(/(?<=(?<!\b[A-Z])[.;:]["']?\s|\breserved\b\.?)/i)) {
    if (isTelling(sentence)) return notice
    notice += sentence
  }
  return notice
}

function isTelling(text) {
  const line = textWords(text)
  return line !== undefined && line.words.some((_, at) => isTellingAt(line, at))
}

function unmark(marked) {
  const words = []
  const kinds = []
  const open = []
  for (const word of marked) {
    if (word === 'zqend') open.pop()
    else if (MARKS.has(word)) open.push(WORD_KIND[word.slice(2)])
    else {
      words.push(word)
      kinds.push(open.at(-1) ?? WORD_KIND.body)
    }
  }
  return { words, kinds }
}

/** SPDX replaced the GNU ids that do not say whether later versions count; their texts serve the new ids. */
function withoutDeprecated(ids) {
  const current = ids.map((id) => {
    const parsed = parseExpression(id)
    return parsed.ok && parsed.expression.type === 'leaf' ? currentSpelling(parsed.expression) : id
  })
  // Which of the two is meant is said by a notice, never by the text, however the list spells it for each.
  const both = current.flatMap((id) => {
    const [, family] = /^(.+)-(?:only|or-later)$/.exec(id) ?? []
    return family === undefined
      ? [id]
      : [`${family}-only`, `${family}-or-later`].filter((other) => other in list)
  })
  return [...new Set(both)].toSorted()
}

function runs(kinds) {
  const found = []
  for (const kind of kinds) {
    if (found.length > 0 && found.at(-2) === kind) found[found.length - 1] += 1
    else found.push(kind, 1)
  }
  return found
}

function variable(numbers) {
  const bytes = []
  for (let number of numbers) {
    for (; number >= 0x80; number >>>= 7) bytes.push((number & 0x7f) | 0x80)
    bytes.push(number)
  }
  return Buffer.from(bytes)
}
