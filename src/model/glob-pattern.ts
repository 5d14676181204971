/** Takes a glob pattern apart, or says in words why it is none. */

/** One step of a segment: a character that is meant, any one character, or any number of them. */
type Token = { char: string } | { wild: '*' | '?' | '{' | ',' | '}' }

/** What one segment of a path has to be: any number of segments, or text in which `*` and `?` are wild. */
export type Segment = '**' | { text: string } | { steps: readonly Step[] }

/** A character that is meant, or a wild one. */
export type Step = { char: string } | { wild: '*' | '?' }

/** One pattern: the alternatives that its braces stand for, each as a list of segments. */
export interface GlobPattern {
  /** It began with `!`: what it matches is taken out again. */
  negated: boolean
  alternatives: readonly (readonly Segment[])[]
}

/** Most characters of a pattern, and most alternatives that its braces may stand for. */
const MAX_LENGTH = 1_024
const MAX_ALTERNATIVES = 256

/** The parts of a pattern, or what is wrong with it as the end of a sentence that begins with the pattern. */
export function parseGlob(pattern: string): GlobPattern | { problem: string } {
  if (pattern.length > MAX_LENGTH) return { problem: `is longer than ${MAX_LENGTH} characters` }
  const negated = pattern.startsWith('!')
  const body = pattern.slice(negated ? 1 : 0).replace(/^(?:\.\/)+/, '')
  if (body === '') return { problem: 'is empty' }
  if (body.startsWith('!')) return { problem: 'is negated twice' }
  if (body.startsWith('/')) return { problem: 'begins with a slash, but paths are relative to the project' }
  if (/\p{Cc}/u.test(body)) return { problem: 'holds a control character' }
  if (/[@+?*!]\(/.test(body.replaceAll(/\\./gs, '')))
    return { problem: 'has a group in round brackets, which only `{a,b}` can express here' }
  const tokens = tokensOf(body)
  if (tokens === undefined) return { problem: 'ends with a backslash, which has nothing to escape' }
  const expanded = expandBraces(tokens)
  if (!Array.isArray(expanded)) return expanded
  const alternatives: Segment[][] = []
  for (const alternative of expanded) {
    const segments = segmentsOf(alternative)
    if (!Array.isArray(segments)) return segments
    alternatives.push(segments)
  }
  return { negated, alternatives }
}

const WILD = new Set(['*', '?', '{', ',', '}'])

/** Undefined where a backslash stands at the end. */
function tokensOf(body: string): Token[] | undefined {
  const tokens: Token[] = []
  let escaped = false
  for (const char of body) {
    if (escaped) tokens.push({ char })
    else if (char !== '\\') tokens.push(isWild(char) ? { wild: char } : { char })
    escaped = !escaped && char === '\\'
  }
  return escaped ? undefined : tokens
}

function isWild(char: string): char is '*' | '?' | '{' | ',' | '}' {
  return WILD.has(char)
}

/** A brace that is open: what stood before it, its finished choices, and the one that is being read. */
interface Open {
  before: Step[][]
  choices: Step[][]
}

/** Every text the braces stand for. Not recursive: as many braces as characters may be open. */
function expandBraces(tokens: readonly Token[]): Step[][] | { problem: string } {
  const open: Open[] = []
  let current: Step[][] = [[]]
  for (const token of tokens) {
    const brace = open.at(-1)
    if ('char' in token) for (const steps of current) steps.push(token)
    else if (token.wild === '*' || token.wild === '?') {
      for (const steps of current) steps.push({ wild: token.wild })
    } else if (token.wild === '{') {
      open.push({ before: current, choices: [] })
      current = [[]]
    } else if (token.wild === ',') {
      // Outside of braces a comma is a character like any other.
      if (brace === undefined) for (const steps of current) steps.push({ char: ',' })
      else {
        brace.choices.push(...current)
        current = [[]]
      }
    } else if (brace === undefined) return { problem: 'closes a brace that it does not open' }
    else {
      if (brace.choices.length === 0) return { problem: 'has a brace without a comma, which chooses nothing' }
      const choices = [...brace.choices, ...current]
      if (brace.before.length * choices.length > MAX_ALTERNATIVES)
        return { problem: `stands for more than ${MAX_ALTERNATIVES} alternatives` }
      current = brace.before.flatMap((start) => choices.map((choice) => start.concat(choice)))
      open.pop()
    }
  }
  return open.length > 0 ? { problem: 'opens a brace that it does not close' } : current
}

function segmentsOf(steps: readonly Step[]): Segment[] | { problem: string } {
  const parts: Step[][] = [[]]
  for (const step of steps) {
    if ('char' in step && step.char === '/') parts.push([])
    else parts.at(-1)?.push(step)
  }
  // What ends with a slash is a folder: all that lies in it is meant.
  if (parts.length > 1 && parts.at(-1)?.length === 0) parts.splice(-1, 1, [{ wild: '*' }, { wild: '*' }])
  const segments: Segment[] = []
  for (const part of parts) {
    if (part.length === 0) return { problem: 'has nothing between two slashes' }
    const text = part.map((step) => ('char' in step ? step.char : '')).join('')
    const isLiteral = part.every((step) => 'char' in step)
    if (isLiteral && (text === '.' || text === '..')) return { problem: `has "${text}" for a folder` }
    if (part.length === 2 && part.every((step) => 'wild' in step && step.wild === '*')) {
      if (segments.at(-1) !== '**') segments.push('**')
    } else if (hasTwoStars(part)) return { problem: 'has `**` beside other characters between two slashes' }
    else segments.push(isLiteral ? { text } : { steps: part })
  }
  return segments
}

function hasTwoStars(steps: readonly Step[]): boolean {
  const isStar = (step: Step | undefined) => step !== undefined && 'wild' in step && step.wild === '*'
  return steps.some((step, at) => isStar(step) && isStar(steps[at + 1]))
}
