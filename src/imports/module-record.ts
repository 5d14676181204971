/** The imports that the parser lists by itself, and whether they can be all: then no syntax tree has to be built. */
import type { EcmaScriptModule } from 'oxc-parser'
import type { FoundImport } from './found-import.ts'

/**
 * All imports of a text if its module record is sure to hold them; undefined if only the syntax tree can tell. What is
 * sure is decided by words: each `import` of the text must be one that the record knows, and nothing may speak of `require`.
 */
export function importsInRecord(text: string, record: EcmaScriptModule): FoundImport[] | undefined {
  if (ONLY_IN_TREE.test(text)) return undefined
  const { staticImports, staticExports, dynamicImports, importMetas } = record
  if (importMetas.length > 0 && RESOLVES.test(text)) return undefined
  const known = new Set<number>()
  for (const list of [staticImports, staticExports, dynamicImports, importMetas]) {
    for (const { start } of list) known.add(start)
  }
  for (const { index } of text.matchAll(KEYWORDS)) if (!known.has(index)) return undefined

  const found: FoundImport[] = []
  for (const { moduleRequest, entries, start } of staticImports) {
    const typeOnly =
      entries.length > 0
        ? entries.every((entry) => entry.isType)
        : EMPTY_TYPE.test(text.slice(start, moduleRequest.start))
    found.push({ specifier: moduleRequest.value, form: 'import', typeOnly, offset: moduleRequest.start })
  }
  for (const { entries } of staticExports) {
    const request = entries[0]?.moduleRequest
    if (request === undefined || request === null) continue
    const typeOnly = entries.every((entry) => entry.isType)
    found.push({ specifier: request.value, form: 're-export', typeOnly, offset: request.start })
  }
  for (const { moduleRequest } of dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end)
    const specifier = PLAIN_STRING.test(written) ? written.slice(1, -1) : undefined
    if (specifier === undefined) return undefined
    found.push({ specifier, form: 'dynamic-import', typeOnly: false, offset: moduleRequest.start })
  }
  return found
}

/** `require` in any spelling, `createRequire`, and names written with escapes. */
const ONLY_IN_TREE = /[rR]equire|\\u\{?0*[4-7][\da-fA-F]\b|\\u00[4-7][\da-fA-F]/
/** What may be asked of `import.meta.url` and `import.meta`. */
const RESOLVES = /\bURL\b|\bresolve\b/
/** `export default`, `export const` and so on lead nowhere. */
const KEYWORDS = /\bimport\b|\bexport\b(?=\s*(?:[{*]|type\b|\/[*/]))/g
const EMPTY_TYPE = /^import\s+type\b/
/** A string or a template without anything that has to be read further. */
const PLAIN_STRING = /^(['"`])(?:(?!\1)[^\\$\n\r])*\1$/
