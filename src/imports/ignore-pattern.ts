/** One pattern of a .gitignore, matched as git matches it: by bytes, and in time that no pattern can make long. */

/** One step of a pattern. Bytes are the characters of a latin1 string. */
type Step =
  | { type: 'byte'; byte: string }
  /** One byte of those that are in, or not in, a set; never a slash. */
  | { type: 'set'; bytes: ReadonlySet<string>; negated: boolean }
  /** Any number of bytes that are no slash. */
  | { type: 'star' }
  /** `**` as a whole segment: any number of bytes, or, if there is one, with the slash behind it none at all. */
  | { type: 'folders'; hasSlash: boolean }

/** Whether a text matches; both are bytes. */
export type ByteMatch = (text: string) => boolean

const NEVER: ByteMatch = () => false

/** Text as bytes, one a character. */
export function bytesOf(text: string): string {
  return /^\p{ASCII}*$/u.test(text) ? text : Buffer.from(text, 'utf8').toString('latin1')
}

/** A matcher of whole texts; a pattern that git can never match matches nothing. */
export function wildMatch(pattern: string): ByteMatch {
  const steps = stepsOf(pattern)
  return steps === undefined ? NEVER : (text) => runs(steps, text)
}

/** All places in the pattern that the text so far can have led to, byte after byte: no backtracking. */
function runs(steps: readonly Step[], text: string): boolean {
  let places = new Set<number>()
  enter(steps, 0, places)
  for (const byte of text.split('')) {
    if (places.size === 0) return false
    const next = new Set<number>()
    for (const place of places) {
      const step = steps[place]
      if (step === undefined) continue
      if (step.type === 'folders' || (step.type === 'star' && byte !== '/')) stay(steps, place, next)
      else if (takes(step, byte)) enter(steps, place + 1, next)
    }
    places = next
  }
  return places.has(steps.length)
}

/** Comes to a place for the first time: what may stand for nothing is passed as well. */
function enter(steps: readonly Step[], place: number, places: Set<number>): void {
  for (let at = place; !places.has(at); at += 1) {
    places.add(at)
    const step = steps[at]
    if (step?.type === 'folders' && step.hasSlash) enter(steps, at + 2, places)
    if (step?.type !== 'folders' && step?.type !== 'star') return
  }
}

function stay(steps: readonly Step[], place: number, places: Set<number>): void {
  places.add(place)
  enter(steps, place + 1, places)
}

function takes(step: Step, byte: string): boolean {
  if (step.type === 'byte') return step.byte === byte
  return step.type === 'set' && byte !== '/' && step.bytes.has(byte) !== step.negated
}

const ANY = new Set<string>()

function stepsOf(pattern: string): Step[] | undefined {
  const steps: Step[] = []
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at)
    if (char === '\\') {
      at += 1
      if (at === pattern.length) return undefined
      steps.push({ type: 'byte', byte: pattern.charAt(at) })
    } else if (char === '?') steps.push({ type: 'set', bytes: ANY, negated: true })
    else if (char === '*') {
      const begin = at
      while (pattern[at + 1] === '*') at += 1
      const isWhole = begin === 0 || pattern[begin - 1] === '/'
      const isEnd = at + 1 === pattern.length || /^\\?\//.test(pattern.slice(at + 1, at + 3))
      steps.push(
        at > begin && isWhole && isEnd
          ? { type: 'folders', hasSlash: pattern[at + 1] === '/' }
          : { type: 'star' },
      )
    } else if (char === '[') {
      const set = readSet(pattern, at + 1)
      if (set === undefined) return undefined
      steps.push({ type: 'set', bytes: set.bytes, negated: set.negated })
      at = set.end
    } else steps.push({ type: 'byte', byte: char })
  }
  return steps
}

/** The names of sets that POSIX knows, as what a byte has to be. */
const CLASSES = new Map<string, RegExp>([
  ['alnum', /[a-z0-9]/i],
  ['alpha', /[a-z]/i],
  ['blank', /[ \t]/],
  ['cntrl', /\p{Cc}/u],
  ['digit', /[0-9]/],
  ['graph', /[!-~]/],
  ['lower', /[a-z]/],
  ['print', /[ -~]/],
  ['punct', /[!-/:-@[-`{-~]/],
  ['space', /[ \t\n\v\f\r]/],
  ['upper', /[A-Z]/],
  ['xdigit', /[0-9a-f]/i],
])

/** What stands between `[` and `]`; undefined where git would never match it. `end` is the place of the `]`. */
function readSet(
  pattern: string,
  start: number,
): { bytes: Set<string>; negated: boolean; end: number } | undefined {
  const negated = pattern[start] === '!' || pattern[start] === '^'
  const bytes = new Set<string>()
  let at = negated ? start + 1 : start
  let before: string | undefined
  do {
    let char = pattern[at]
    if (char === '\\') char = pattern[(at += 1)]
    else if (char === '-' && before !== undefined && at + 1 < pattern.length && pattern[at + 1] !== ']') {
      at += pattern[at + 1] === '\\' ? 2 : 1
      const last = pattern[at]
      if (last === undefined) return undefined
      for (let code = before.charCodeAt(0); code <= last.charCodeAt(0); code += 1)
        bytes.add(String.fromCharCode(code))
      before = undefined
      at += 1
      continue
    } else if (char === '[' && pattern[at + 1] === ':') {
      const close = pattern.indexOf(']', at + 2)
      if (close === -1) return undefined
      if (close > at + 2 && pattern[close - 1] === ':') {
        const meant = CLASSES.get(pattern.slice(at + 2, close - 1))
        if (meant === undefined) return undefined
        for (let code = 0; code < 128; code += 1)
          if (meant.test(String.fromCharCode(code))) bytes.add(String.fromCharCode(code))
        before = undefined
        at = close + 1
        continue
      }
    }
    if (char === undefined) return undefined
    bytes.add(char)
    before = char
    at += 1
  } while (pattern[at] !== ']')
  return { bytes, negated, end: at }
}
