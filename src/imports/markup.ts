/** Where scripts stand in markup, and which parts of it can ask for nothing: comments, styles, text. */

/** A stretch of the text, in UTF-16 units. */
export interface Span {
  start: number
  end: number
}

/** One script element. */
export interface MarkupScript extends Span {
  attributes: Span
  /** Absent where the element closes itself. */
  body?: Span
  /** Whether it stands in a template of Vue's. */
  isInTemplate: boolean
}

/** What markup is made of. */
export interface Markup {
  scripts: MarkupScript[]
  /** What holds no expressions, in the order of the text. */
  silent: Span[]
  /** What does not end, and may hide a script: the rest was not read. */
  unended?: { message: string; offset: number }
}

/**
 * Reads markup from an offset on. What is in doubt hides nothing: no string, comment or block of another kind does, unless it
 * is sure to be one.
 */
export function readMarkup(text: string, from: number, language: 'vue' | 'svelte' | 'astro'): Markup {
  const found: Markup = { scripts: [], silent: [] }
  const isVue = language === 'vue'
  /** Until here nothing counts as a string, a comment or a style. */
  let plainUntil = from
  let braces = 0
  let templates = 0
  let isDoubtful = false
  let blocksWithoutEnd = 0
  /** Quotes and names of blocks that nothing ends in the rest of the text. */
  const endless = new Set<string>()
  /** How many braces are around each tag that is open. */
  const tags: number[] = []
  let textFrom = from
  const next = new RegExp(SIGN)

  const goOn = (at: number): void => {
    next.lastIndex = at
    textFrom = at
  }
  const endText = (end: number): void => {
    if (isVue && templates > 0 && !isDoubtful && tags.length === 0 && end > textFrom)
      found.silent.push({ start: textFrom, end })
  }

  /** A string from its quote on: skipped unless it may hide a script. */
  const string = (quote: string, at: number, isAttribute: boolean): void => {
    if (at < plainUntil || endless.has(quote)) return
    const end = endOf(isAttribute ? ATTRIBUTE_STRING : CODE_STRING, text, at)
    if (end === undefined) {
      if (isAttribute || quote === '`') endless.add(quote)
    } else if (mayHoldScript(text, at, end)) plainUntil = end
    else next.lastIndex = end
  }

  /** False where the rest is not to be read. */
  const comment = (at: number): boolean => {
    if (at < plainUntil) return true
    const end = commentEnd(text, at)
    if (end === undefined) {
      if (mayHoldScript(text, at, text.length))
        found.unended = { message: 'A comment does not end', offset: at }
      else found.silent.push({ start: at, end: text.length })
      return false
    }
    // In an expression it may as well be a part of something else.
    if (braces > 0 && mayHoldScript(text, at, end)) plainUntil = end
    else {
      endText(at)
      found.silent.push({ start: at, end })
      goOn(end)
    }
    return true
  }

  /** False where it does not end. */
  const script = (at: number): boolean => {
    const open = endOf(SCRIPT_TAG, text, at)
    const attributes = { start: at + '<script'.length, end: (open ?? at) - 1 }
    const isClosed = open !== undefined && closesItself(text.slice(attributes.start, attributes.end))
    const close = open === undefined || isClosed ? null : searchFrom(SCRIPT_END, text, open)
    if (open === undefined || (close === null && !isClosed)) {
      found.unended = { message: 'A script does not end', offset: at }
      return false
    }
    endText(at)
    const end = close === null ? open : close.index + close[0].length
    const body = close === null ? {} : { body: { start: open, end: close.index } }
    found.scripts.push({ start: at, end, attributes, ...body, isInTemplate: templates > 0 })
    goOn(end)
    return true
  }

  /** Whether an element was skipped with all that is in it, which is none of the markup's. */
  const block = (name: string, at: number): boolean => {
    const isStyle = name.toLowerCase() === 'style'
    const isOwn = isVue && templates === 0 && !isDoubtful && name !== 'template'
    if (at < plainUntil || (!isStyle && !isOwn) || endless.has(name)) return false
    const open = endOf(TAG, text, at)
    if (open !== undefined && text[open - 2] === '/') return false
    const close = open === undefined ? -1 : text.indexOf(`</${name}`, open)
    const end = close === -1 ? -1 : text.indexOf('>', close)
    if (open === undefined || end === -1) {
      endless.add(name)
      isDoubtful ||= ++blocksWithoutEnd > MAX_WITHOUT_END
      return false
    }
    if (isStyle && mayHoldScript(text, open, close)) {
      plainUntil = end
      return false
    }
    if (isStyle || name === 'docs') found.silent.push({ start: open, end: close })
    goOn(end + 1)
    return true
  }

  for (let token = next.exec(text); token !== null; token = next.exec(text)) {
    const [sign] = token
    const at = token.index
    const isInTag = tags.at(-1) === braces
    if (sign === '<!--') {
      if (!isInTag && !comment(at)) return found
    } else if (/^<script$/i.test(sign)) {
      if (!script(at)) return found
    } else if (sign.startsWith('<')) {
      const name = sign.slice(1)
      if (!isInTag && block(name, at)) continue
      endText(at)
      if (name === 'template' && isVue && !isInTag && !isDoubtful) {
        const tag = text.slice(at, endOf(TAG, text, at) ?? at)
        if (tag === '' || /\slang\s*=(?!\s*["']?html\b)/.test(tag)) isDoubtful = true
        if (!tag.endsWith('/>')) templates++
      } else if (name === '/template') templates = Math.max(0, templates - 1)
      tags.push(braces)
    } else if (sign === '>') {
      if (isInTag) {
        tags.pop()
        textFrom = at + 1
      }
    } else if (isVue && (sign === '{' || sign === '}')) {
      // Vue ends it at the first of these signs, whatever they stand in.
      if (isInTag || sign === '}' || text[at + 1] !== '{' || isDoubtful) continue
      const end = text.indexOf('}}', at + 2)
      if (end === -1 || /<script|<\/?template/i.test(text.slice(at, end))) isDoubtful = true
      else {
        endText(at)
        goOn(end + 2)
      }
    } else if (sign === '{') braces++
    else if (sign === '}') {
      braces = Math.max(0, braces - 1)
      while ((tags.at(-1) ?? 0) > braces) tags.pop()
    } else if (isInTag ? sign !== '`' && isAfterEquals(text, at) : braces > 0) string(sign, at, isInTag)
  }
  return found
}

const SIGN = /<!--|<\/?[a-z][^\s/>]*|[{}"'`>]/gi
const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*'){0,1999}>/iy
const SCRIPT_TAG = /<script(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*'){0,9999}>/iy
const SCRIPT_END = /<\/script\s*>/gi
const COMMENT_END = /--!?>/g
const ATTRIBUTE_STRING = /"[^"]*"|'[^']*'/y
/** Longer ones than these are no strings here, and hide nothing. */
const CODE_STRING = /"(?:[^"\\\n]|\\[^]){0,500}"|'(?:[^'\\\n]|\\[^]){0,500}'|`(?:[^`\\]|\\[^]){0,9999}`/y
/** Then nothing is certain in the rest. */
const MAX_WITHOUT_END = 16

/** One attribute, after what stands before it; the groups are its name and its value. */
export const ATTRIBUTE = /[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?/dy

/** `/` at the end of a value without quotes is a part of the value. */
function closesItself(attributes: string): boolean {
  const pattern = new RegExp(ATTRIBUTE)
  let end = 0
  while (pattern.test(attributes)) end = pattern.lastIndex
  return attributes.endsWith('/') && attributes.length > end
}

/** `<!-->` is a whole comment; where languages disagree about that, or about `--!>`, less is hidden. */
function commentEnd(text: string, at: number): number | undefined {
  const [short] = /^<!--(?:-?>)?/.exec(text.slice(at, at + 6)) ?? ['']
  if (short.endsWith('>')) return at + short.length
  const end = searchFrom(COMMENT_END, text, at + short.length)
  return end === null ? undefined : end.index + end[0].length
}

function endOf(sticky: RegExp, text: string, at: number): number | undefined {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : undefined
}

function searchFrom(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function mayHoldScript(text: string, start: number, end: number): boolean {
  return /<script/i.test(text.slice(start, end))
}

function isAfterEquals(text: string, at: number): boolean {
  let before = at - 1
  while (/\s/.test(text[before] ?? '')) before--
  return text[before] === '='
}
