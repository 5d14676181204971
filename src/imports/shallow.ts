/** Whether a text is so small that the parser, which recurses and knows no bounds, cannot run out of stack over it. */

/**
 * Bytes of stack that the parser may need. Each thread of Node has 4 MiB, and half of that is ours; the first thread of a
 * Windows process may have 1 MiB.
 */
const STACK_BYTES = process.platform === 'win32' ? 512 * 1024 : 2 * 1024 * 1024
/** Of stack for what opens something: at most 1,565 were measured for one of these inside another. */
const OPENING = 2000
/** Of stack for any other sign or word, such as `!`, `?` or `new`: at most 280 were measured. */
const WORD = 400
const OPENINGS = new Set(Buffer.from('([{<`'))
const BLANKS = new Set(Buffer.from(' \t\r\n'))

/** By byte: what it costs, and whether it may go on a word that has been paid for. */
const COSTS = Uint16Array.from({ length: 256 }, (_, byte) =>
  OPENINGS.has(byte) ? OPENING : BLANKS.has(byte) ? 0 : WORD,
)
const GOES_ON = Uint8Array.from({ length: 256 }, (_, byte) =>
  Number(byte >= 0x80 || /[\w$]/.test(String.fromCharCode(byte))),
)

/**
 * Nothing can be nested deeper than there are signs and words: what closes again is counted all the same, because telling
 * brackets from those in strings and regular expressions takes a parser. So this is sure, and most small files pass.
 */
export function isShallow(bytes: Uint8Array): boolean {
  let left = STACK_BYTES
  let inWord = 0
  for (const byte of bytes) {
    const goesOn = GOES_ON[byte] ?? 0
    if (goesOn === 0 || inWord === 0) left -= COSTS[byte] ?? WORD
    if (left < 0) return false
    inWord = goesOn
  }
  return true
}
