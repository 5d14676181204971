/** Which declared packages a word of a configuration or of a command names. */
import type { Tool } from './tools/tool.ts'

/** What an own package may use. */
export interface Usable {
  /** Names that it or the root declares. */
  declared: ReadonlySet<string>
  /** Names of declared packages by their binaries. */
  binaries: ReadonlyMap<string, readonly string[]>
}

/** Scope (without a slash) and name at the beginning of a word, and what may stand behind them. */
const NAME = /^(?:(@[\w-][\w.~-]*)(?:\/|$))?([\w-][\w.~-]*)?(?=$|[/@:])/

/** Packages that a word of a tool's configuration names, as it is or by what the tool makes of it. */
export function namedByTool(word: string, tool: Tool, { declared }: Usable): string[] {
  if (word.length > MAX_WORD) return []
  const found: string[] = []
  for (const part of partsOf(word)) {
    const [whole = '', scope, name] = NAME.exec(part) ?? []
    if (whole === '') continue
    const plain = scope === undefined ? name : name === undefined ? undefined : `${scope}/${name}`
    if (plain !== undefined && tool.only !== true) found.push(plain)
    for (const pattern of tool.names ?? []) found.push(...meant(pattern, scope, name))
  }
  return found.filter((name) => declared.has(name))
}

/** Packages that the command lines of a script use: by their binaries, and by what they load. */
export function namedByCommand(words: readonly string[], { declared, binaries }: Usable): string[] {
  const found: string[] = []
  for (const [at, word] of words.entries()) {
    const before = words[at - 1] ?? ''
    // The name of another script, or of a workspace.
    if (RUNS.test(before)) continue
    found.push(...(binaries.get(binaryOf(word)) ?? []))
    const [part = ''] = partsOf(word).slice(-1)
    const [, scope, name] = NAME.exec(part) ?? []
    if (name === undefined) continue
    if (part !== word || before.startsWith('-') || LOADS.test(before))
      found.push(scope === undefined ? name : `${scope}/${name}`)
  }
  return found.filter((name) => declared.has(name))
}

const MAX_WORD = 1_024
const RUNS = /^(?:run|run-script|-w|--workspace|--filter|-F|--scope)$/
const LOADS = /^(?:npx|bunx|pnpx|exec|dlx)$/

/** The word; what stands behind a colon, as in `plugin:react/recommended`; what lies in node_modules. */
function partsOf(word: string): string[] {
  const installed = word.lastIndexOf('node_modules/')
  if (installed !== -1) return [word.slice(installed + 'node_modules/'.length)]
  const colon = word.indexOf(':')
  return colon === -1 || word.startsWith('@') ? [word] : [word, word.slice(colon + 1)]
}

function meant(pattern: string, scope: string | undefined, name: string | undefined): string[] {
  if (pattern.includes('{scope}') !== (scope !== undefined)) return []
  if (pattern.includes('{}') !== (name !== undefined) && scope === undefined) return []
  if (pattern.includes('{}') && name === undefined) return []
  return [pattern.replace('{scope}', scope ?? '').replace('{}', name ?? '')]
}

/** `eslint` for `./node_modules/.bin/eslint` and for `eslint@9`. */
function binaryOf(word: string): string {
  const name = word.includes('.bin/') ? word.slice(word.lastIndexOf('/') + 1) : word
  return name.replace(/(?<=.)@[\w.^~-]*$/, '').replace(/\.cmd$/, '')
}
