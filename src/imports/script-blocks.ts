/** The scripts in a Vue, Svelte or Astro file, each as long as the file and with blanks around, so that places stay right. */
import type { FoundImport } from './found-import.ts'
import { TYPESCRIPT, TYPESCRIPT_JSX, JAVASCRIPT } from './language.ts'
import type { Dialect } from './language.ts'

/** A script, or why it cannot be read. */
export type Script = { text: string; dialect: Dialect } | { error: { message: string; offset: number } }

/** What a file of markup holds. */
export interface Scripts {
  scripts: Script[]
  /** Those of the markup itself: `src` of a script, `import()` in an expression. */
  imports: FoundImport[]
}

interface Span {
  start: number
  end: number
}

/** Finds the scripts; those of another type, such as JSON, are data. */
export function scriptsIn(text: string, language: 'vue' | 'svelte' | 'astro'): Scripts {
  const scripts: Script[] = []
  const imports: FoundImport[] = []
  const taken: Span[] = []
  const front = language === 'astro' ? FRONT_MATTER.exec(text) : null
  if (front?.[1] !== undefined && front[2] !== undefined) {
    const start = front[1].length
    scripts.push({ text: only(text, { start, end: start + front[2].length }), dialect: TYPESCRIPT })
    taken.push({ start: 0, end: front[0].length })
  }
  const markup = taken[0]?.end ?? 0
  for (const found of text.slice(markup).matchAll(ELEMENTS)) {
    const start = markup + found.index
    taken.push({ start, end: start + found[0].length })
    const { open, attributes, body, unended } = found.groups ?? {}
    if (unended !== undefined) {
      scripts.push({ error: { message: 'A script does not end', offset: start } })
      break
    }
    if (open === undefined || attributes === undefined || body === undefined) continue
    const type = attributeIn(attributes, 'type')
    if (type !== undefined && !CODE_TYPES.test(type.value)) continue
    // Astro leaves these as they are: what they name is found, or not, by the browser.
    if (/\bis:inline\b/.test(attributes)) continue
    const src = attributeIn(attributes, 'src')
    if (src !== undefined) {
      const offset = start + '<script'.length + src.at
      imports.push({ specifier: src.value, form: 'import', typeOnly: false, offset })
      continue
    }
    const span = { start: start + open.length, end: start + open.length + body.length }
    const lang = attributeIn(attributes, 'lang')?.value ?? (language === 'astro' ? 'ts' : 'js')
    if (scripts.length >= MAX_SCRIPTS) {
      scripts.push({ error: { message: `It has more than ${MAX_SCRIPTS} scripts`, offset: start } })
      break
    }
    const dialect = DIALECTS.get(lang)
    if (dialect !== undefined) scripts.push({ text: only(text, span), dialect })
    else scripts.push({ error: { message: 'A script is in a language that is not read', offset: start } })
  }
  return { scripts, imports: [...imports, ...inExpressions(without(text, taken))] }
}

const FRONT_MATTER = /^(\s*---)([^]*?)(?:\r?\n|^)---(?=\s|$)/
/** Each script is held as a text as long as the file. */
const MAX_SCRIPTS = 16
/** Comments, scripts with a body, those without, and one that nothing ends: after it the rest is not looked at. */
const ELEMENTS =
  /<!--[^]*?(?:-->|$)|(?<open><script(?=[\s>])(?<attributes>(?:[^>"']|"[^"]*"|'[^']*'){0,9999})(?<!\/)>)(?<body>[^]*?)<\/script\s*>|<script(?=[\s/])(?:[^>"']|"[^"]*"|'[^']*'){0,9999}\/>|(?<unended><script(?=[\s>]))/gi
const CODE_TYPES = /^(?:module|(?:text|application)\/(?:javascript|typescript|ecmascript|babel))?$/
const DIALECTS = new Map<string, Dialect>([
  ['js', JAVASCRIPT],
  ['jsx', JAVASCRIPT],
  ['javascript', JAVASCRIPT],
  ['ts', TYPESCRIPT],
  ['typescript', TYPESCRIPT],
  ['tsx', TYPESCRIPT_JSX],
])

/** An attribute with a value, and where in the text of all attributes the value stands. */
function attributeIn(attributes: string, name: string): { value: string; at: number } | undefined {
  const pattern = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'd')
  const found = pattern.exec(attributes)
  const index = [1, 2, 3].find((group) => found?.[group] !== undefined)
  const value = index === undefined ? undefined : found?.[index]
  const at = index === undefined ? undefined : found?.indices?.[index]?.[0]
  return value === undefined || at === undefined ? undefined : { value, at }
}

/** What expressions of the markup ask for: what is more than a string in parentheses is not known. */
function inExpressions(markup: string): FoundImport[] {
  return [...markup.matchAll(/\b(import|require)\s*\(\s*(?:(["'])([^"'\\\n]*)\2\s*\))?/g)].map((found) => ({
    specifier: found[3] ?? null,
    form: found[1] === 'require' ? 'require' : 'dynamic-import',
    typeOnly: false,
    offset: found.index + (found[3] === undefined ? 0 : found[0].indexOf(found[2] ?? '')),
  }))
}

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
