/** Calls of bundlers that import many files at once: `import.meta.glob` and `require.context`. */
import { bare, isImportMeta, keyName, knownText, memberName } from './expressions.ts'
import type { FoundImport } from './found-import.ts'
import type { RequireNames } from './require-names.ts'
import { nodeIn, nodesIn } from './syntax-tree.ts'
import type { SyntaxNode } from './syntax-tree.ts'

/** Options that change nothing of which files are meant. */
const HARMLESS: ReadonlySet<string> = new Set(['eager', 'import', 'query', 'as'])

/** One import for each pattern of a call; none for any other node. */
export function globImports(node: SyntaxNode, meaningOf: RequireNames['meaningOf']): FoundImport[] {
  if (node.type !== 'CallExpression') return []
  const callee = bare(nodeIn(node['callee']))
  const object = callee?.type === 'MemberExpression' ? bare(nodeIn(callee['object'])) : undefined
  if (callee === undefined || object === undefined) return []
  const [first, second] = nodesIn(node['arguments'])
  const name = memberName(callee)
  const isMeta = isImportMeta(object)
  if (isMeta && (name === 'glob' || name === 'globEager'))
    return isHarmless(second) ? patternsIn(first, node) : [found(null, node)]
  if (isMeta ? name === 'webpackContext' : name === 'context' && meaningOf(object) === 'require') {
    // Which of the files are meant says a regular expression, and nobody runs one of a stranger.
    const folder = knownText(first)
    return [found(folder === null ? null : `${folder.replace(/\/$/, '')}/**`, bare(first) ?? node)]
  }
  return []
}

function patternsIn(argument: SyntaxNode | undefined, call: SyntaxNode): FoundImport[] {
  const inner = bare(argument)
  const patterns = inner?.type === 'ArrayExpression' ? nodesIn(inner['elements']) : [inner ?? call]
  return patterns.flatMap((pattern) => {
    const text = knownText(pattern)
    // What is taken out again is left in: a file more than there is does no harm.
    return text?.startsWith('!') === true ? [] : [found(text, bare(pattern) ?? pattern)]
  })
}

function isHarmless(options: SyntaxNode | undefined): boolean {
  const inner = bare(options)
  if (inner === undefined) return true
  if (inner.type !== 'ObjectExpression') return false
  return nodesIn(inner['properties']).every(
    (property) => property['computed'] !== true && HARMLESS.has(keyName(nodeIn(property['key'])) ?? ''),
  )
}

function found(specifier: string | null, { start }: SyntaxNode): FoundImport {
  return { specifier, form: 'glob-import', typeOnly: false, offset: start }
}
