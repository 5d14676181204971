/** The protocol of Redis (RESP 2) as far as strings go: spells commands, and takes replies apart as they come in. */

/** What a server says to one command: the bytes of a value, the text of a refusal, or that it is done. */
export type RedisReply = Uint8Array | { refusal: string } | 'done'

/** Spells commands, one behind another, as they go over the wire. */
export function spellCommands(commands: readonly (readonly (string | Uint8Array)[])[]): Buffer {
  const parts: Uint8Array[] = []
  for (const command of commands) {
    parts.push(Buffer.from(`*${command.length}\r\n`))
    for (const argument of command) {
      const bytes = typeof argument === 'string' ? Buffer.from(argument) : argument
      parts.push(Buffer.from(`$${bytes.byteLength}\r\n`), bytes, END_OF_LINE)
    }
  }
  return Buffer.concat(parts)
}

/** Longest line, in bytes: values stand behind theirs, so it only holds a number or a refusal. */
const MAX_LINE = 16 * 1024
const END_OF_LINE = Buffer.from('\r\n')

/**
 * Gives each whole reply in what is fed to it, piece by piece. Throws at what no command of ours is answered by, and at
 * a value longer than `maxBytes`: what comes behind it cannot be made sense of.
 */
export function createReplyReader(
  onReply: (reply: RedisReply) => void,
  maxBytes: () => number,
): (chunk: Uint8Array) => void {
  let chunks: Uint8Array[] = []
  let held = 0
  let wanted = 1

  return (chunk) => {
    chunks.push(chunk)
    held += chunk.byteLength
    // A long value comes in many pieces: they are put together once.
    if (held < wanted) return
    const bytes = Buffer.concat(chunks)
    let at = 0
    for (;;) {
      const found = replyAt(bytes, at, maxBytes())
      if ('wanted' in found) {
        wanted = found.wanted
        break
      }
      at = found.end
      onReply(found.reply)
    }
    chunks = at < bytes.length ? [bytes.subarray(at)] : []
    held = bytes.length - at
  }
}

/** A reply and the place behind it, or how many bytes there must be from here on before another look is worth while. */
function replyAt(
  bytes: Buffer,
  at: number,
  maxBytes: number,
): { reply: RedisReply; end: number } | { wanted: number } {
  const lineEnd = bytes.indexOf(END_OF_LINE, at)
  if (lineEnd < 0) {
    if (bytes.length - at > MAX_LINE) throw new RangeError('a reply without end')
    return { wanted: bytes.length - at + 1 }
  }
  const start = lineEnd + END_OF_LINE.length
  const line = bytes.toString('latin1', at, lineEnd)
  const [type, text] = [line.slice(0, 1), line.slice(1)]
  if (type === '+' || type === ':') return { reply: 'done', end: start }
  if (type === '-') return { reply: { refusal: text }, end: start }
  if (line === '$-1') return { reply: new Uint8Array(), end: start }
  if (type !== '$' || !/^\d{1,10}$/.test(text)) throw new RangeError('a reply that is none')
  const length = Number(text)
  if (length > maxBytes) throw new RangeError('more than was asked for')
  const end = start + length + END_OF_LINE.length
  if (end > bytes.length) return { wanted: end - at }
  // A copy: the value is kept for longer than the pieces in which it came.
  return { reply: new Uint8Array(bytes.subarray(start, start + length)), end }
}
