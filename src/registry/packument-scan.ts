/** Picks a few top-level values, or their keys alone, out of a packument as its bytes go by; nothing else of it is ever held. */

/** Longest key worth decoding; those that are looked for are shorter. */
const MAX_KEY_BYTES = 64
/** Most bytes kept of the values: a hundred thousand versions with their times. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024

/** What is picked out of a packument. */
export interface Wanted {
  /** Top-level keys whose values are kept as they were written. */
  values: ReadonlySet<string>
  /** A top-level key of whose value, which must be an object, only the keys are kept, as a list. */
  keysOf?: string
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/** Reads one packument, chunk by chunk. */
export interface PackumentScan {
  push(chunk: Uint8Array): void
  /** A JSON object of what was wanted; undefined for what is no whole JSON object or says one of the wanted keys twice. */
  finish(): Buffer | undefined
}

/** Starts a scan. */
export function scanPackument({ values, keysOf }: Wanted): PackumentScan {
  const kept = new Map<string, Buffer[]>()
  let keptBytes = 0
  let depth = 0
  let begun = false
  let broken = false
  let inString = false
  let escaped = false
  /** Bytes of the key that is being read; undefined outside one. */
  let key: number[] | undefined
  /** What may come next in the top-level object. */
  let expected: 'key' | 'colon' | 'value' = 'key'
  /** Where the value of the last key goes, if it is wanted. */
  let wanted: Buffer[] | undefined
  let value: Buffer[] | undefined
  /** The keys of the object that is being read, if they alone are kept, and whether one of them may come next. */
  let listed: Buffer[] | undefined
  let listsNext = false

  const keep = (chunk: Uint8Array, from: number, to: number): void => {
    if (value === undefined || to <= from) return
    keptBytes += to - from
    if (keptBytes > MAX_KEPT_BYTES) broken = true
    else value.push(Buffer.from(chunk.subarray(from, to)))
  }

  const endKey = (): void => {
    const name = key === undefined ? undefined : decoded(key)
    key = undefined
    expected = 'colon'
    wanted = undefined
    listed = undefined
    if (name === undefined || !(values.has(name) || name === keysOf)) return
    if (kept.has(name)) broken = true
    wanted = []
    kept.set(name, wanted)
    listed = name === keysOf ? wanted : undefined
  }

  return {
    push(chunk) {
      let from = 0
      for (let i = 0; i < chunk.length && !broken; i++) {
        const byte = chunk[i] ?? 0
        if (inString) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) inString = false
          if (key === undefined) continue
          if (!inString) endKey()
          else if (key.length <= MAX_KEY_BYTES) key.push(byte)
          continue
        }
        switch (byte) {
          case QUOTE:
            if (depth === 0 || (depth === 1 && expected === 'colon')) broken = true
            inString = true
            if (depth === 1 && expected === 'key') key = []
            if (depth !== 2 || listed === undefined || !listsNext) break
            if (listed.length > 0) listed.push(Buffer.from([COMMA]))
            listsNext = false
            value = listed
            from = i
            break
          case OPEN_BRACE:
          case OPEN_BRACKET:
            if (depth === 0) {
              if (begun || byte !== OPEN_BRACE) broken = true
              begun = true
            }
            if (depth === 1 && listed !== undefined) {
              if (byte !== OPEN_BRACE) broken = true
              listsNext = true
            }
            depth++
            break
          case COLON:
            if (depth === 2 && listed !== undefined) {
              keep(chunk, from, i)
              value = undefined
            }
            if (depth !== 1) break
            if (expected !== 'colon') broken = true
            expected = 'value'
            value = listed === undefined ? wanted : undefined
            from = i + 1
            break
          case COMMA:
          case CLOSE_BRACE:
          case CLOSE_BRACKET:
            if (depth === 1) {
              keep(chunk, from, i)
              value = undefined
              expected = 'key'
            }
            if (depth === 2 && listed !== undefined) {
              if (value !== undefined) broken = true
              listsNext = byte === COMMA
            }
            if (byte === COMMA) break
            if (--depth < 0) broken = true
            break
          default:
            if (depth === 0 && byte > 0x20) broken = true
        }
      }
      keep(chunk, from, chunk.length)
    },
    finish() {
      if (broken || !begun || depth !== 0) return undefined
      const entries = [...kept].map(([name, parts]) => {
        const text = Buffer.concat(parts).toString('latin1')
        return `"${name}":${name === keysOf ? `[${text}]` : text}`
      })
      return Buffer.from(`{${entries.join(',')}}`, 'latin1')
    },
  }
}

/** A key as `JSON.parse` reads it, so that an escaped spelling is seen as what it is. */
function decoded(bytes: number[]): string | undefined {
  if (bytes.length > MAX_KEY_BYTES) return undefined
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString('utf8')}"`))
  } catch {
    return undefined
  }
}
