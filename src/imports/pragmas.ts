/** What the comments at the top of a file ask for: `/// <reference …>` and `@jsxImportSource`. */
import type { FoundImport } from './found-import.ts'

/** What was found, and from where JSX comes, if the file has any. */
export interface Pragmas {
  references: FoundImport[]
  jsxSource?: { specifier: string; offset: number }
  /** `@jsxRuntime classic`: JSX imports nothing. */
  classicJsx: boolean
}

/** Reads the comments before the first word of a program; later ones ask for nothing. */
export function pragmasIn(text: string): Pragmas {
  const pragmas: Pragmas = { references: [], classicJsx: false }
  for (const { index, 0: whole } of leadingComments(text)) {
    const comment = whole.slice(0, MAX_LENGTH)
    if (comment.startsWith('///')) pragmas.references.push(...referenceIn(comment, index))
    const source = /@jsxImportSource[ \t]+(\S+)/.exec(comment)
    if (source?.[1] !== undefined) {
      const specifier = source[1].replace(/\*\/$/, '')
      pragmas.jsxSource = { specifier, offset: index + source.index + source[0].length - source[1].length }
    }
    if (/@jsxRuntime[ \t]+classic\b/.test(comment)) pragmas.classicJsx = true
  }
  return pragmas
}

/** What a comment asks for stands near its beginning. */
const MAX_LENGTH = 4000

function* leadingComments(text: string): Iterable<RegExpExecArray> {
  const next = /\s*(?:#!.*|\/\/.*|\/\*[^]*?\*\/)/y
  for (let found = next.exec(text); found !== null; found = next.exec(text)) {
    const [all] = found
    const comment = all.trimStart()
    found.index += all.length - comment.length
    found[0] = comment
    yield found
  }
}

function referenceIn(comment: string, index: number): FoundImport[] {
  const found = /^\/\/\/[ \t]*<reference\s[^>]*?\b(types|path)\s*=\s*(["'])(.*?)\2/.exec(comment)
  const specifier = found?.[3]
  if (found === null || specifier === undefined) return []
  const offset = index + found[0].length - specifier.length - 2
  const form = found[1] === 'types' ? 'types-reference' : 'path-reference'
  return [{ specifier, form, typeOnly: true, offset }]
}
