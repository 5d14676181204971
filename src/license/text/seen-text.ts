/**
 * Brings a licence file to the characters that a reader sees, or says that it cannot: two texts must not be called the
 * same because of what is hidden, struck out, or drawn to look like something else.
 */

/** Zero-width, direction-changing, control and private characters; a byte order mark may begin a text. */
const INVISIBLE =
  /[\p{Cf}\p{Co}\p{Cs}\p{Variation_Selector}\u115F\u1160\u17B4\u17B5\u3164\uFFA0]|(?![\t\n\v\f\r\u0085])\p{Cc}/u
/** Strokes through letters, letters in squares and flags, phonetic and rare letters that pass for Latin ones, dots for the blind. */
const DRAWN =
  /[\u0334-\u0338\u20D2\u20D3\u20D8-\u20DA\u20E0\u20E4-\u20E6\u20EB\u{1F100}-\u{1F1FF}\u2800-\u28FF\u0250-\u02AF\u1D00-\u1DBF\uA720-\uA7FF\p{Script=Lisu}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Canadian_Aboriginal}\p{Script=Deseret}]/u
/** Signs that take back what stands beside them: not, nothing, crosses, boxes to be ticked, signs and hands of prohibition. */
const NEGATING =
  /[\u00AC\u2310\u2204\u2205\u2300\u29B0\u00D7\u2297\u2298\u22A0\u2A2F\u26CC\u2613\u2715-\u2718\u274C\u274E\u{1F5D9}\u{1F5F4}-\u{1F5F7}\u2610-\u2612\u2B1C\u{1F532}\u{1F533}\u{1F5F9}\u26D4\u{1F4F5}\u{1F51E}\u{1F6AB}\u{1F6AD}\u{1F6AF}\u{1F6B1}\u{1F6B3}\u{1F6B7}\u{1F6C7}\u{1F6D1}\u{1F645}\u{1F44E}]/u
/** What is listed with boxes is only said where they are ticked. Those of the Adaptive Public License are there for others to tick. */
const CHECKBOX = /\[[xX]\]|(?<!\b(?:YES|NO)\s{1,3})\[ \](?!\s{1,3}[A-E]\. "THIRD PARTY)/
/** A word of Latin and look-alike letters: `nоt` with a Cyrillic о. The Greek mu stands before units and names. */
const MIXED =
  /\p{Script=Latin}\p{M}*(?!μ)[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]|(?!μ)[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]\p{M}*\p{Script=Latin}/u
/** Struck out in HTML, and in the marks of forums. */
const STRUCK = /<(?:s|strike|del)(?:\s[^<>]{0,200})?>|\[\/(?:s|strike|del)\]/i
/** Tildes, and the blank lines over which they strike nothing out. */
const TILDES = /~+|\n[ \t\r]*\n/g
const MARK = /[\p{P}\p{S}]/u
/** Where a character had no place in the encoding of the file: one that stands for itself, as an accent in a name does. */
const LOST = /(?<![^\0-\x7f])\uFFFD(?![^\0-\x7f])/g
const MAX_LOST_IN_LINE = 2
const MAX_LOST = 24
/** The lines in which names stand. */
const OF_NAMES = /^[^a-z]*(?:\(c\)|copyright|authors?\b)|\b(?:19|20)\d\d\b/i
/** Pictographs are drawn in colour with a selector behind them. */
const COLOURED = /(?<=\p{Extended_Pictographic})\uFE0F/gu
/** Tags of real HTML whose attributes hide nothing and have no blanks: whatever says more than that is text. */
const TAG =
  /<\/?(?:a|b|big|blockquote|body|br|center|code|dd|div|dl|dt|em|h[1-6]|head|hr|html|i|li|ol|p|pre|small|span|strong|sub|sup|table|tbody|td|th|title|tr|tt|u|ul)(?:\s{1,20}(?:href|class|id|name|align|target|rel|lang|dir|width|height|border|valign)=(?:"[^"\s<>]*"|'[^'\s<>]*'|[^"'\s<>]+))*\s{0,20}\/?>/gi
const NAMED_ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
  apos: "'",
  nbsp: ' ',
  lt: ' ',
  gt: ' ',
  copy: '©',
  amp: '&',
  ndash: '-',
  mdash: '-',
}
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi
/** Markers of comments that are words. They count as such only where every line has them. */
const WORD_MARKERS = /^[ \t]*(?:REM|dnl)(?=[ \t\r]|$)/im

/** What is to be seen of a text, or why nobody can tell: a reader would see something else than its characters say. */
export function seenText(raw: string): { seen: string } | { because: string } {
  let text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  if (STRUCK.test(text) || isStruckByTildes(text)) return { because: 'it has words that are struck out' }
  text = text.replace(TAG, addressIn).replace(ENTITY, decode)
  if (!/^[\t\n\f\r -~]*$/.test(text)) {
    text = text.replace(COLOURED, '').normalize('NFKC')
    // One letter can become eighteen.
    if (text.length > 2 * raw.length + 100) return { because: 'its characters stand for many others' }
    if (INVISIBLE.test(text)) return { because: 'it is binary, or has characters that cannot be seen' }
    if (DRAWN.test(text) || text.normalize('NFKD').includes('\u0338'))
      return { because: 'it has letters that are struck through or drawn to look like others' }
    if (MIXED.test(text)) return { because: 'it has words with letters of two alphabets' }
    if (NEGATING.test(text)) return { because: 'it has signs that deny what stands beside them' }
    if (isLost(text)) return { because: 'it is not in UTF-8, and words of it are lost' }
  }
  if (CHECKBOX.test(text)) return { because: 'it has boxes to be ticked' }
  return { seen: WORD_MARKERS.test(text) ? withoutMarkers(text) : text }
}

/** Where a link leads is said as well; what leads to a place of the same page or to a mailbox says nothing. */
function addressIn(tag: string): string {
  const address = /\shref=["']?((?:[a-z]+:)?\/\/[^"'\s<>]+)/i.exec(tag)?.[1]
  return address === undefined ? ' ' : ` ${address} `
}

/** Whether tildes strike something out as they do on GitHub: one or two, at the begin and at the end of words. */
function isStruckByTildes(text: string): boolean {
  if (!text.includes('~')) return false
  const opened = new Set<number>()
  for (const { 0: marks, index } of text.matchAll(TILDES)) {
    const behind = index + marks.length
    if (marks.startsWith('\n')) opened.clear()
    else if (marks.length <= 2 && !isRange(text, index, behind)) {
      const before = text[index - 1] ?? '\n'
      const after = text[behind] ?? '\n'
      if (opened.has(marks.length) && touches(before, after)) return true
      if (touches(after, before)) opened.add(marks.length)
    }
  }
  return false
}

/** Whether a mark belongs to the character on its one side, by the rules of Markdown. */
function touches(side: string, other: string): boolean {
  return !/\s/.test(side) && (!MARK.test(side) || /\s/.test(other) || MARK.test(other))
}

/** `2010~2015`. */
function isRange(text: string, from: number, to: number): boolean {
  return /\d/.test(text[from - 1] ?? '') && /\d/.test(text[to] ?? '')
}

/** Whether more was lost than a letter here and there in the names of holders: what stood there may be words. */
function isLost(text: string): boolean {
  if (!text.includes('\uFFFD')) return false
  let sum = 0
  return text.split('\n').some((line) => {
    const all = line.split('\uFFFD').length - 1
    if (all === 0) return false
    sum += all
    const alone = line.match(LOST)?.length ?? 0
    return all > MAX_LOST_IN_LINE || sum > MAX_LOST || alone < all || !OF_NAMES.test(line)
  })
}

function decode(entity: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) {
    const known = name.toLowerCase()
    return Object.hasOwn(NAMED_ENTITIES, known) ? (NAMED_ENTITIES[known] ?? entity) : entity
  }
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
  // `<` and `>` are shown and begin no tag.
  if (code === 60 || code === 62 || code === 160) return ' '
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\u0000'
}

function withoutMarkers(text: string): string {
  const lines = text.split('\n')
  const isMarked = lines.every((line) => line.trim() === '' || WORD_MARKERS.test(line))
  return isMarked ? lines.map((line) => line.replace(WORD_MARKERS, '')).join('\n') : text
}
