/**
 * Brings a licence file to the characters that a reader sees, or says that it cannot: two texts must not be called the
 * same because of what is hidden, struck out, or drawn to look like something else.
 */

/** Zero-width, direction-changing, control and private characters; a byte order mark may begin a text. */
const INVISIBLE =
  /[\p{Cf}\p{Co}\p{Cs}\p{Variation_Selector}\u115F\u1160\u17B4\u17B5\u3164\uFFA0]|(?![\t\n\v\f\r\u0085])\p{Cc}/u
/** Strokes through letters, letters in squares and flags, signs of prohibition, phonetic and rare letters that pass for Latin ones. */
const DRAWN =
  /[\u0334-\u0338\u20D2\u20D3\u20D8-\u20DA\u20E0\u20E4-\u20E6\u20EB\u{1F100}-\u{1F1FF}\u{1F6AB}\u{1F6C7}\u26D4\u2298\u0250-\u02AF\u1D00-\u1DBF\uA720-\uA7FF\p{Script=Lisu}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Canadian_Aboriginal}\p{Script=Deseret}]/u
/** A word of Latin and look-alike letters: `nоt` with a Cyrillic о. The Greek mu stands before units and names. */
const MIXED =
  /\p{Script=Latin}\p{M}*(?!μ)[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]|(?!μ)[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]\p{M}*\p{Script=Latin}/u
/** Struck out in Markdown or HTML. */
const STRUCK = /(?<!~)~~(?![\s~])[^~\n]{1,2000}~~(?!~)|<(?:s|strike|del)(?:\s[^<>]{0,200})?>/i
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
const WORD_MARKERS = /^[ \t]*(?:REM|dnl)(?=[ \t\r]|$)/i

/** What is to be seen of a text; undefined if it is binary, or if a reader would see something else than its characters say. */
export function seenText(raw: string): string | undefined {
  let text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  if (STRUCK.test(text)) return undefined
  text = text.replace(TAG, ' ').replace(ENTITY, decode)
  if (!/^[\t\n\f\r -~]*$/.test(text)) {
    text = text.normalize('NFKC')
    // One letter can become eighteen.
    if (text.length > 2 * raw.length + 100) return undefined
    if (INVISIBLE.test(text) || DRAWN.test(text) || MIXED.test(text)) return undefined
  }
  return WORD_MARKERS.test(text) ? withoutMarkers(text) : text
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
