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

/** Strings that do not stand in comments. A regular expression with a quote in it hides what follows in its line. */
function stringsOfScript(text: string): string[] {
  const token = /\/\/[^\n]*|\/\*[^]*?\*\/|'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\[^])*)`/g
  return [...text.matchAll(token)].flatMap(
    ([, single, double, template]) => single ?? double ?? template ?? [],
  )
}
