/** The scripts in a Vue, Svelte or Astro file, each as long as the file and with blanks around, so that places stay right. */
import type { FoundImport } from './found-import.ts'
import { TYPESCRIPT, TYPESCRIPT_JSX, JAVASCRIPT } from './language.ts'
import type { Dialect } from './language.ts'
import { ATTRIBUTE, readMarkup } from './markup.ts'
import type { Span } from './markup.ts'

/** A script, or why it cannot be read. */
export type Script = { text: string; dialect: Dialect } | { error: { message: string; offset: number } }

/** What a file of markup holds. */
export interface Scripts {
  scripts: Script[]
  /** Those of the markup itself: `src` of a script, `import()` in an expression. */
  imports: FoundImport[]
}

/** Finds the scripts; those of another type, such as JSON, are data. */
export function scriptsIn(text: string, language: 'vue' | 'svelte' | 'astro'): Scripts {
  const scripts: Script[] = []
  const imports: FoundImport[] = []
  const taken: Span[] = []
  const front = language === 'astro' ? frontMatter(text) : undefined
  if (front !== undefined && 'error' in front) return { scripts: [front], imports: [] }
  if (front !== undefined) {
    scripts.push({ text: only(text, front), dialect: TYPESCRIPT })
    taken.push({ start: 0, end: front.end })
  }
  const markup = readMarkup(text, front?.end ?? 0, language)
  for (const { start, end, attributes: span, body, isInTemplate } of markup.scripts) {
    taken.push({ start, end })
    const attributes = attributesIn(text, span)
    const type = attributes.get('type')?.value
    // Vue compiles what stands outside of its template, whatever type it has.
    const isData = type !== undefined && !CODE_TYPES.test(type) && (language !== 'vue' || isInTemplate)
    // Astro leaves these as they are: what they name is found, or not, by the browser.
    if (isData || (language === 'astro' && attributes.has('is:inline'))) continue
    const src = attributes.get('src')
    if (src !== undefined)
      imports.push({ specifier: src.value, form: 'import', typeOnly: false, offset: src.at })
    if (src !== undefined || body === undefined) continue
    const lang = attributes.get('lang')?.value ?? (language === 'astro' ? 'ts' : 'js')
    if (scripts.length >= MAX_SCRIPTS) {
      scripts.push({ error: { message: `It has more than ${MAX_SCRIPTS} scripts`, offset: start } })
      break
    }
    const dialect = DIALECTS.get(lang)
    if (dialect !== undefined) scripts.push({ text: only(text, body), dialect })
    else scripts.push({ error: { message: 'A script is in a language that is not read', offset: start } })
  }
  if (markup.unended !== undefined) scripts.push({ error: markup.unended })
  const blanks = [...taken, ...markup.silent].toSorted((a, b) => a.start - b.start)
  return { scripts, imports: imports.concat(inExpressions(without(text, blanks))) }
}

/** Each script is held as a text as long as the file. */
const MAX_SCRIPTS = 16
const CODE_TYPES = /^\s*(?:module|(?:text|application)\/(?:javascript|typescript|ecmascript|babel))?\s*$/i
const DIALECTS = new Map<string, Dialect>([
  ['js', JAVASCRIPT],
  ['jsx', JAVASCRIPT],
  ['javascript', JAVASCRIPT],
  ['ts', TYPESCRIPT],
  ['typescript', TYPESCRIPT],
  ['tsx', TYPESCRIPT_JSX],
])

/**
 * What stands between the fences at the top of an Astro file, with blanks and comments before it. A fence has a line of its own
 * where there is one; else it is where the first three dashes are.
 */
function frontMatter(text: string): Span | Exclude<Script, { text: string }> | undefined {
  const [head = ''] = BEFORE_FENCE.exec(text) ?? []
  if (!text.startsWith('---', head.length)) return undefined
  const start = head.length + 3
  const inside = text.slice(start)
  const end = (FENCE.exec(inside) ?? /---/.exec(inside))?.index
  if (end !== undefined) return { start, end: start + end }
  return { error: { message: 'The front matter does not end', offset: head.length } }
}

const BEFORE_FENCE = /^(?:\s|<!--(?:(?!-->)[^])*-->)*/
const FENCE = /(?<=\r?\n|^)---(?=\s|$)/

/** All attributes with where their values stand, by their names in small letters; of several the first counts. */
function attributesIn(text: string, { start, end }: Span): Map<string, { value: string; at: number }> {
  const found = new Map<string, { value: string; at: number }>()
  const attributes = text.slice(start, end)
  const pattern = new RegExp(ATTRIBUTE)
  for (let each = pattern.exec(attributes); each !== null; each = pattern.exec(attributes)) {
    const group = [2, 3, 4].find((index) => each?.[index] !== undefined) ?? 0
    const name = (each[1] ?? '').toLowerCase()
    if (found.has(name)) continue
    found.set(name, {
      value: group === 0 ? '' : (each[group] ?? ''),
      at: start + (each.indices?.[group]?.[0] ?? 0),
    })
  }
  return found
}

/** What expressions of the markup ask for: what is more than a string in parentheses is not known. */
function inExpressions(markup: string): FoundImport[] {
  const found: FoundImport[] = []
  for (const { 0: word, index } of markup.matchAll(ASKING)) {
    CALL.lastIndex = index + word.length
    const call = CALL.exec(markup)
    // A long comment is not looked through, and is no reason to see nothing; a slash may be one of text.
    if (call === null && /^\s{0,99}\/\//.test(markup.slice(index + word.length, index + word.length + 101)))
      continue
    const specifier = call?.[3] ?? null
    found.push({
      specifier,
      form: word === 'require' ? 'require' : 'dynamic-import',
      typeOnly: false,
      offset: specifier === null ? index : (call?.indices?.[1]?.[0] ?? index),
    })
  }
  return found
}

const ASKING = /\b(?:import|require)(?=\s*(?:\(|\/[*/]))/g
const GAP = /(?:\s|\/\*(?:(?!\*\/)[^]){0,500}\*\/|\/\/[^\n]{0,500}\n)*/.source
const CALL = new RegExp(`${GAP}\\(${GAP}(?:((?<quote>["'])([^"'\\\\\\n]*)\\k<quote>)${GAP}\\))?`, 'dy')

function only(text: string, { start, end }: Span): string {
  return blank(text.slice(0, start)) + text.slice(start, end)
}

function without(text: string, spans: readonly Span[]): string {
  let result = ''
  let at = 0
  for (const { start, end } of spans) {
    result += text.slice(at, start) + blank(text.slice(start, end))
    at = end
  }
  return result + text.slice(at)
}

function blank(text: string): string {
  return text.replaceAll(/[^\r\n]/g, ' ')
}
