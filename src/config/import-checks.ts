/** Checks of what a policy says about imports; each gives a problem or nothing. */
import { globProblem } from '#model/glob'
import { isPackageName } from '#model/package-id'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { nearest } from './nearest.ts'

/** A glob over the paths of a project. */
export function globListProblem(text: string): Problem | undefined {
  const problem = globProblem(text)
  if (problem === undefined && !/^!?(?:\.{0,2}\/|[A-Za-z]:)/.test(text)) return undefined
  return {
    message: `${quote(text)} ${problem ?? 'does not begin below the project'}`,
    fix: 'Write paths below the project with "/" between the parts, for example "src/**".',
  }
}

/** A name that no glob can be taken for. */
export function layerNameProblem(text: string): Problem | undefined {
  if (/^[A-Za-z][\w -]*$/.test(text)) return undefined
  return {
    message: `${quote(text)} cannot be the name of a layer`,
    fix: 'Write letters, digits, "-" and "_", for example "domain".',
  }
}

/** What can be imported by name: a package, with a subpath too, a scope, or a part of Node; `*` for all of a kind. */
export function importProblem(kind: 'package' | 'builtin' | 'either'): (text: string) => Problem | undefined {
  return (text) => {
    const isBuiltin = /^node:(?:\*|[a-z_][a-z0-9_/]*)$/.test(text)
    if (kind !== 'package' && isBuiltin) return undefined
    if (kind !== 'builtin' && (isImportedPackage(text) || (text === '*' && kind === 'package')))
      return undefined
    if (kind === 'builtin')
      return { message: `${quote(text)} is no part of Node`, fix: 'Write it with its prefix: "node:path".' }
    return {
      message: `${quote(text)} is not a package${kind === 'either' ? ' and no part of Node' : ''}`,
      fix: `Write a name without a version ("lodash", "lodash/fp", "@acme/*")${kind === 'either' ? ', or "node:fs"' : ''}.`,
    }
  }
}

function isImportedPackage(text: string): boolean {
  const [, name = '', rest] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/s.exec(text) ?? []
  return isPackageName(name.replace(/^(@[^/]+)\/\*$/, '$1/x')) && rest !== ''
}

/** Entries of `imports` that are no glob and name no layer, each with its place. */
export function layerProblems(
  layers: Readonly<Record<string, { imports: string[] }>>,
): { name: string; index: number; value: string; problem: Problem }[] {
  const names = Object.keys(layers)
  return Object.entries(layers).flatMap(([name, { imports }]) =>
    imports.flatMap((value, index) => {
      if (names.includes(value) || layerNameProblem(value) !== undefined) return []
      const meant = nearest(value, names)
      const fix = meant === undefined ? `Known here: ${names.join(', ')}.` : `Did you mean ${quote(meant)}?`
      return [{ name, index, value, problem: { message: `${quote(value)} is not a layer`, fix } }]
    }),
  )
}
