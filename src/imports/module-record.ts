/** The imports that the parser lists by itself, and whether they can be all: then no syntax tree has to be built. */
import type { Comment, EcmaScriptModule } from 'oxc-parser'
import type { FoundImport } from './found-import.ts'

/** What the parser says of a text without its tree; each part is made when it is asked for. */
export interface Read {
  readonly module: EcmaScriptModule
  readonly comments: readonly Pick<Comment, 'start' | 'end'>[]
}

/**
 * All imports of a text if its module record is sure to hold them; undefined if only the syntax tree can tell. What is
 * sure is decided by words: outside of comments each `import` has to be one of the record's, and nothing may speak of
 * `require`.
 */
export function importsInRecord(text: string, read: Read): FoundImport[] | undefined {
  const { staticImports, staticExports, dynamicImports, importMetas } = read.module
  if (importMetas.length > 0 && RESOLVES.test(text)) return undefined
  if (importMetas.some(({ end }) => !HARMLESS.test(text.slice(end, end + MAX_PROPERTY)))) return undefined
  const known = new Set<number>()
  for (const list of [staticImports, staticExports, dynamicImports, importMetas]) {
    for (const { start } of list) known.add(start)
  }
  const strange: number[] = []
  for (const { index } of text.matchAll(WORDS)) if (!known.has(index)) strange.push(index)
  if (strange.length > 0 && !areInComments(strange, read.comments)) return undefined

  const found: FoundImport[] = []
  const imported = new Set<number>()
  for (const { moduleRequest, entries, start } of staticImports) {
    const head = text.slice(start, moduleRequest.start)
    if (entries.length === 0 && head.includes('/')) return undefined
    const isOfTypes = TYPES_ALONE.test(head)
    const typeOnly = entries.length > 0 ? entries.every((entry) => entry.isType) : isOfTypes
    imported.add(start)
    const mayStay = typeOnly && !isOfTypes && { mayStay: true as const }
    found.push({
      specifier: moduleRequest.value,
      form: 'import',
      typeOnly,
      ...mayStay,
      offset: moduleRequest.start,
    })
  }
  for (const { entries, start } of staticExports) {
    const request = entries[0]?.moduleRequest
    // What is imported and then exported by name stands in both lists, at the place of its import.
    if (request === undefined || request === null || imported.has(start)) continue
    const typeOnly = entries.every((entry) => entry.isType)
    const mayStay = typeOnly &&
      !TYPES_ALONE.test(text.slice(start, request.start)) && { mayStay: true as const }
    found.push({ specifier: request.value, form: 're-export', typeOnly, ...mayStay, offset: request.start })
  }
  for (const { moduleRequest } of dynamicImports) {
    const written = text.slice(moduleRequest.start, moduleRequest.end)
    if (!PLAIN_STRING.test(written)) return undefined
    const specifier = written.slice(1, -1)
    found.push({ specifier, form: 'dynamic-import', typeOnly: false, offset: moduleRequest.start })
  }
  return found
}

/** Whether all offsets (rising) lie in comments (in the order of the text). */
function areInComments(offsets: readonly number[], comments: Read['comments']): boolean {
  let at = 0
  return offsets.every((offset) => {
    while ((comments[at]?.end ?? Infinity) <= offset) at++
    return (comments[at]?.start ?? Infinity) <= offset
  })
}

/**
 * `import`; an `export` that may lead to another file, which `export const` and `export { a }` alone do not; `require` and
 * what makes one; letters written as escapes.
 */
const WORDS =
  /\bimport\b|\bexport\b(?=\s*(?:type\b\s*)?(?:[*/]|\{(?![\w$\s,]*\}\s*(?:$|[^\sf/]|f(?!rom\b)))))|\b(?:require|createRequire|getBuiltinModule|_load)\b|\\(?:u(?:00|\{0*)|x)[4-7][\da-fA-F]|\\1[0-7]{2}/g
/** What can be asked of `import.meta` without anything being imported by it. */
const HARMLESS = /^\s*(?:\?\s*)?\.\s*(?:dirname|env|filename|hot|main|url|vitest)\b/
const MAX_PROPERTY = 40
/** A statement that is for types as a whole: a comment before that word is read as none, and what it brings may stay. */
const TYPES_ALONE = /^(?:import|export)\s+type\b(?!\s*(?:,|from\s*['"]))/
/** What may be asked of `import.meta.url` and `import.meta`. */
const RESOLVES = /\bURL\b|\bresolve\b|\bglob\w*|\bwebpackContext\b/
/** A string or a template without anything that has to be read further. */
const PLAIN_STRING = /^(['"`])(?:(?!\1)[^\\$\n\r])*\1$/
