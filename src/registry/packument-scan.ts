/** Picks a few values, or their keys alone, out of a packument as its bytes go by; nothing else of it is ever held. */

/** Longest key worth comparing; those that are looked for are shorter. */
const MAX_NAME_BYTES = 64
/** Longest key worth keeping where all of them are. */
const MAX_KEY_BYTES = 1024
/** Most bytes kept of a packument: a hundred thousand versions with their times. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024

/** What is picked out of a packument. */
export interface Wanted {
  /** Top-level keys whose values are kept as they were written. */
  values: ReadonlySet<string>
  /** A top-level key of whose value, which must be an object, only the keys are kept, as a list. */
  keysOf?: string
  /** A top-level key whose value must be an object of objects; of each of those only these keys are kept. */
  membersOf?: { key: string; values: ReadonlySet<string> }
}

/** What is kept of a value: all of it, its keys, or what is kept of each member of an object. */
type Rule = 'whole' | 'keys' | { fields: ReadonlyMap<string, Rule> } | { each: Rule }

/** An object that is being read member by member. */
interface Level {
  rule: Exclude<Rule, 'whole'>
  expected: 'key' | 'colon' | 'value'
  /** Wanted names that have been seen, where only some are wanted. */
  seen: Set<string>
  /** Whether a member was kept already: the next one needs a comma. */
  hasMembers: boolean
  /** What is kept of the value of the last key; undefined for nothing. */
  value: Rule | undefined
  /** Whether that value turned out to be an object that is read member by member. */
  entered: boolean
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
export function scanPackument(wanted: Wanted, mostKept = MAX_KEPT_BYTES): PackumentScan {
  const kept: Buffer[] = []
  const levels: Level[] = []
  let keptBytes = 0
  let depth = 0
  let begun = false
  let broken = false
  let inString = false
  let escaped = false
  /** Bytes of the key that is being read, without its quotes; undefined outside one. */
  let key: number[] | undefined
  /** Whether the bytes that go by are kept. */
  let copying = false

  const write = (bytes: Buffer): void => {
    keptBytes += bytes.length
    if (keptBytes > mostKept) broken = true
    else kept.push(bytes)
  }
  const writeText = (text: string): void => write(Buffer.from(text))
  const stopCopying = (chunk: Uint8Array, from: number, to: number): void => {
    if (copying && to > from) write(Buffer.from(chunk.subarray(from, to)))
    copying = false
  }

  const openLevel = (rule: Exclude<Rule, 'whole'>): void => {
    writeText(rule === 'keys' ? '[' : '{')
    levels.push({
      rule,
      expected: 'key',
      seen: new Set(),
      hasMembers: false,
      value: undefined,
      entered: false,
    })
  }
  const startMember = (level: Level, text: string): void => {
    writeText(level.hasMembers ? `,${text}` : text)
    level.hasMembers = true
  }

  const endKey = (level: Level, bytes: number[]): void => {
    level.expected = 'colon'
    level.value = undefined
    level.entered = false
    const { rule } = level
    if (rule === 'keys' || 'each' in rule) {
      if (bytes.length > MAX_KEY_BYTES) broken = true
      startMember(level, '"')
      write(Buffer.from(bytes))
      writeText(rule === 'keys' ? '"' : '":')
      level.value = rule === 'keys' ? undefined : rule.each
      return
    }
    const name = decoded(bytes)
    const found = name === undefined ? undefined : rule.fields.get(name)
    if (name === undefined || found === undefined) return
    if (level.seen.has(name)) broken = true
    level.seen.add(name)
    startMember(level, `${JSON.stringify(name)}:`)
    level.value = found
  }

  /** A value that was to be read member by member and is no object. */
  const endValue = ({ expected, value, entered }: Level): void => {
    if (expected !== 'value' || entered || value === undefined || value === 'whole') return
    if (value === 'keys') writeText('[]')
    else broken = true
  }

  const open = (byte: number): void => {
    const level = levels.at(-1)
    if (depth === 0) {
      if (begun || byte !== OPEN_BRACE) broken = true
      begun = true
      openLevel(ruleOf(wanted))
    } else if (level !== undefined && depth === levels.length) {
      const { value } = level
      if (value !== undefined && value !== 'whole') {
        if (level.expected !== 'value' || level.entered || byte !== OPEN_BRACE) broken = true
        level.entered = true
        openLevel(value)
      }
    }
    depth++
  }

  const close = (chunk: Uint8Array, from: number, at: number): void => {
    const level = depth === levels.length ? levels.at(-1) : undefined
    if (level !== undefined) {
      stopCopying(chunk, from, at)
      if (level.expected === 'colon') broken = true
      endValue(level)
      writeText(level.rule === 'keys' ? ']' : '}')
      levels.pop()
    }
    if (--depth < 0) broken = true
  }

  return {
    push(chunk) {
      let from = 0
      for (let i = 0; i < chunk.length && !broken; i++) {
        const byte = chunk[i] ?? 0
        if (inString) {
          if (key === undefined && !escaped) {
            // To the next quote at once: readmes are long, and most strings are of no interest.
            const quote = chunk.indexOf(QUOTE, i)
            const end = quote === -1 ? chunk.length : quote
            let slashes = 0
            while (end - slashes > i && chunk[end - slashes - 1] === BACKSLASH) slashes++
            const isOdd = slashes % 2 === 1
            if (quote === -1) escaped = isOdd
            else inString = isOdd
            i = end
            continue
          }
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === QUOTE) inString = false
          if (key === undefined) continue
          if (inString) {
            if (key.length <= MAX_KEY_BYTES) key.push(byte)
          } else {
            const level = levels.at(-1)
            if (level !== undefined) endKey(level, key)
            key = undefined
          }
          continue
        }
        switch (byte) {
          case QUOTE: {
            inString = true
            if (depth === 0) broken = true
            const level = depth === levels.length ? levels.at(-1) : undefined
            if (level?.expected === 'colon') broken = true
            if (level?.expected === 'key') key = []
            break
          }
          case OPEN_BRACE:
          case OPEN_BRACKET:
            open(byte)
            break
          case COLON: {
            const level = depth === levels.length ? levels.at(-1) : undefined
            if (level === undefined) break
            if (level.expected !== 'colon') broken = true
            level.expected = 'value'
            copying = level.value === 'whole'
            from = i + 1
            break
          }
          case COMMA: {
            const level = depth === levels.length ? levels.at(-1) : undefined
            if (level === undefined) break
            stopCopying(chunk, from, i)
            if (level.expected === 'colon') broken = true
            endValue(level)
            level.expected = 'key'
            break
          }
          case CLOSE_BRACE:
          case CLOSE_BRACKET:
            close(chunk, from, i)
            break
          default:
            if (depth === 0 && byte > 0x20) broken = true
        }
      }
      if (copying && from < chunk.length) write(Buffer.from(chunk.subarray(from)))
    },
    finish() {
      return broken || !begun || depth !== 0 ? undefined : Buffer.concat(kept)
    },
  }
}

function ruleOf({ values, keysOf, membersOf }: Wanted): { fields: ReadonlyMap<string, Rule> } {
  const fields = new Map<string, Rule>([...values].map((name) => [name, 'whole']))
  if (keysOf !== undefined) fields.set(keysOf, 'keys')
  if (membersOf !== undefined) {
    const whole = new Map<string, Rule>([...membersOf.values].map((name) => [name, 'whole']))
    fields.set(membersOf.key, { each: { fields: whole } })
  }
  return { fields }
}

/** A key as `JSON.parse` reads it, so that an escaped spelling is seen as what it is. */
function decoded(bytes: number[]): string | undefined {
  if (bytes.length > MAX_NAME_BYTES) return undefined
  try {
    return String(JSON.parse(`"${Buffer.from(bytes).toString('utf8')}"`))
  } catch {
    return undefined
  }
}
