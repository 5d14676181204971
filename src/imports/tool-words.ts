/** The words of configuration files, whatever they are written in: none of them is executed. */
import { isRecord } from '#collectors/json-text'
import { readJson } from '#config/json-source'

/** Deepest nesting whose words are read. */
const MAX_DEPTH = 64

/** All words of a text: strings of JSON and of scripts as a whole, else what stands between blanks. */
export function wordsOfFile(path: string, text: string): string[] {
  const isScript = /\.[cm]?[jt]sx?$/.test(path)
  if (isScript) return stringsOfScript(text)
  const json = /\.jsonc?5?$/.test(path) || /^\s*[{[]/.test(text) ? readJson(text) : undefined
  if (json?.ok === true) return wordsOfValue(json.source.value)
  const lines = text.split('\n').map((line) => line.replace(/(?:^|\s)(?:#|\/\/).*$/, ''))
  return lines.flatMap((line) => wordsOfCommand(line).map((word) => word.replace(/:$/, '')))
}

/** All keys and strings of a value. */
export function wordsOfValue(value: unknown): string[] {
  const words: string[] = []
  const walk = (at: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return
    if (typeof at === 'string') words.push(at)
    else if (Array.isArray(at)) for (const item of at as unknown[]) walk(item, depth + 1)
    else if (isRecord(at)) {
      for (const [key, inner] of Object.entries(at)) {
        words.push(key)
        walk(inner, depth + 1)
      }
    }
  }
  walk(value, 0)
  return words
}

/** The words of a command line: what a shell, or a quoted command inside it, would see as such. */
export function wordsOfCommand(line: string): string[] {
  return line.split(/[\s"'`;|&()<>{}[\],=$]+/).filter((word) => word !== '')
}

/**
 * Strings that do not stand in comments. A regular expression with a quote in it hides what follows in its line. What
 * nothing ends is looked at once, and skipped until the place where it would have had to end.
 */
function stringsOfScript(text: string): string[] {
  const strings: string[] = []
  const begin = /\/\/|\/\*|['"`]/g
  /** By sign, up to where it is known that nothing ends it. */
  const endless = new Map<string, number>()
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const [sign] = found
    if (found.index < (endless.get(sign) ?? 0)) continue
    const whole = WHOLE[sign]
    if (whole === undefined) continue
    whole.lastIndex = found.index
    const [token] = whole.exec(text) ?? []
    if (token === undefined) {
      const line = sign === "'" || sign === '"' ? text.indexOf('\n', found.index) : -1
      endless.set(sign, line === -1 ? text.length : line)
      continue
    }
    if (sign.length === 1) strings.push(token.slice(1, -1))
    begin.lastIndex = found.index + token.length
  }
  return strings
}

/** From its first sign on, a comment or a string as a whole. */
const WHOLE: Readonly<Record<string, RegExp>> = {
  '//': /\/\/[^\n]*/y,
  '/*': /\/\*[^]*?\*\//y,
  "'": /'(?:[^'\\\n]|\\.)*'/y,
  '"': /"(?:[^"\\\n]|\\.)*"/y,
  '`': /`(?:[^`\\]|\\[^])*`/y,
}
