/** What the content of one source file imports. */
import type { OxcError, ParseResult, ParserOptions } from 'oxc-parser'
import type { ImportSite, ParsedSource, SourceProblem } from '#model/imports'
import { decodeSource } from './decode.ts'
import { erasedImports } from './erased-imports.ts'
import type { FoundImport } from './found-import.ts'
import { languageOf, TYPESCRIPT } from './language.ts'
import type { Dialect } from './language.ts'
import { importsInRecord } from './module-record.ts'
import { placesIn } from './place.ts'
import { pragmasIn } from './pragmas.ts'
import { scriptsIn } from './script-blocks.ts'
import { nodeIn } from './syntax-tree.ts'
import type { NodeKeys } from './syntax-tree.ts'
import { importsInTree } from './tree-imports.ts'

/**
 * Says what a file imports by its bytes and its name (only the extension counts). Never throws. Which imports are erased
 * takes a syntax tree, and is only found out for whoever wants it.
 */
export type ParseSource = (bytes: Uint8Array, path: string, wants?: 'erased') => ParsedSource

/** The parser, as far as it is needed. */
export interface Parser {
  parse: (name: string, text: string, options: ParserOptions) => ParseResult
  keys: NodeKeys
}

/** What was found in one script. */
type Found =
  { imports: FoundImport[]; jsxAt?: number } | { error: { message: string; offset: number | undefined } }

/** Reads with a parser. */
export function createParse(parser: Parser): ParseSource {
  return (bytes, path, wants) => {
    const decoded = decodeSource(bytes)
    if ('problem' in decoded) return decoded
    const { text } = decoded
    const language = languageOf(path)
    if (language?.kind !== 'markup')
      return sited(text, [importsOf(parser, text, language?.dialect ?? TYPESCRIPT, wants)])
    const { scripts, imports } = scriptsIn(text, language.name)
    const found = scripts.map((script) =>
      'error' in script ? script : importsOf(parser, script.text, script.dialect),
    )
    return sited(text, [{ imports }, ...found])
  }
}

/** Of all parts of a file, in the order of the text; one that cannot be read leaves the whole unknown. */
function sited(text: string, parts: readonly Found[]): ParsedSource {
  const placeOf = placesIn(text)
  let found: FoundImport[] = []
  let jsxAt: number | undefined
  for (const part of parts) {
    if ('error' in part) {
      const { message, offset } = part.error
      const problem: SourceProblem = { code: 'syntax', message: sentence(message) }
      return { problem: offset === undefined ? problem : { ...problem, ...placeOf(offset) } }
    }
    found = found.concat(part.imports)
    jsxAt ??= part.jsxAt
  }
  found.sort((a, b) => a.offset - b.offset)
  const imports: ImportSite[] = found.map(({ specifier, form, typeOnly, mayStay, offset, erased }) => {
    const { line, column } = placeOf(offset)
    const site: ImportSite = { specifier, form, typeOnly, line, column }
    if (mayStay === true) site.mayStay = true
    if (erased === true) site.erased = true
    return site
  })
  return { imports, ...(jsxAt !== undefined && { jsx: placeOf(jsxAt) }) }
}

function importsOf(parser: Parser, text: string, dialect: Dialect, wants?: 'erased'): Found {
  let first: OxcError | undefined
  for (const sourceType of dialect.sourceTypes) {
    const result = parser.parse('source', text, { lang: dialect.lang, sourceType })
    const error = result.errors.find(isError)
    if (error === undefined) {
      const found = importsIn(parser, text, dialect, result)
      return wants === undefined ? found : { ...found, imports: withErased(parser, found.imports, result) }
    }
    first ??= error
  }
  return { error: { message: first?.message ?? '', offset: first?.labels[0]?.start } }
}

function withErased(parser: Parser, imports: FoundImport[], result: ParseResult): FoundImport[] {
  const root = nodeIn(result.program)
  const erased = root && erasedImports(root, parser.keys)
  return imports.map((each) => (erased?.has(each.offset) === true ? { ...each, erased: true } : each))
}

function importsIn(
  parser: Parser,
  text: string,
  dialect: Dialect,
  result: ParseResult,
): Exclude<Found, { error: unknown }> {
  const { references, jsxSource, classicJsx } = pragmasIn(text)
  let imports = importsInRecord(text, result)
  let jsxAt: number | undefined
  if (imports === undefined) {
    const root = nodeIn(result.program)
    const tree = root && importsInTree(root, parser.keys)
    imports = tree?.imports ?? []
    jsxAt = tree?.jsxAt
  } else jsxAt = jsxIn(parser, text, dialect)
  imports = imports.concat(references)
  if (jsxAt === undefined || classicJsx) return { imports }
  if (jsxSource === undefined) return { imports, jsxAt }
  return { imports: [...imports, { ...jsxSource, form: 'jsx-source', typeOnly: false }] }
}

/** Where JSX begins, without a tree: it is what the same text has no place for in a language without JSX. */
function jsxIn(parser: Parser, text: string, { lang }: Dialect): number | undefined {
  if (lang === 'ts' || lang === 'dts' || !/<\s*\/|\/\s*>/.test(text)) return undefined
  const plain = lang === 'tsx' ? 'ts' : 'js'
  const error = parser.parse('source', text, { lang: plain, sourceType: 'module' }).errors.find(isError)
  const near = error?.labels[0]?.start
  return near === undefined ? undefined : Math.max(0, text.lastIndexOf('<', near))
}

const HARMLESS: ReadonlySet<string> = new Set(['Warning', 'Advice'])

/** Astro's front matter may return, and what is wrong about that says nothing of imports. */
function isError({ severity, message }: OxcError): boolean {
  return !HARMLESS.has(severity) && !message.startsWith("A 'return' statement can only be used")
}

function sentence(message: string): string {
  const line = message.split('\n', 1)[0]?.trim() ?? ''
  return line === '' ? 'It cannot be parsed.' : `It cannot be parsed: ${line.replace(/[.:]$/, '')}.`
}
