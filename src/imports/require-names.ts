/** Which names of a file stand for Node's own `require`, and where. */
import { declarationsIn, isMakerMember, MAKER } from './declarations.ts'
import type { Declaration } from './declarations.ts'
import { bare, isOwnPlace, memberName, nameOf } from './expressions.ts'
import { createScoped } from './scoped.ts'
import type { Scoped } from './scoped.ts'
import { nodeIn, nodesIn, walkTree } from './syntax-tree.ts'
import type { NodeKeys, SyntaxNode } from './syntax-tree.ts'

/** `require` resolves from this file, `elsewhere` from another one, `maker` is `createRequire`, `other` is none of them. */
export type Meaning = 'require' | 'elsewhere' | 'maker' | 'other'

/** What an expression means, if it is a name for `require`, a call of `createRequire`, or a choice between such. */
export type MeaningOf = (node: SyntaxNode | undefined) => Meaning

/** What a name is set to in one scope. */
interface Declared {
  values: SyntaxNode[]
  meaning?: Meaning
}

/** Choices and calls inside each other are followed so far; nobody nests more of them. */
const MAX_STEPS = 12

/** Looks through a tree for what `require` and names like it are declared as. */
export function requireNames(root: SyntaxNode, keys: NodeKeys): MeaningOf {
  const { declarations, assignments } = entriesIn(root, keys)
  const declared = new Map<string, Scoped<Declared>>()
  for (const { name, scope, value, maker } of declarations) {
    const scoped = declared.get(name) ?? createScoped<Declared>(() => ({ values: [] }))
    declared.set(name, scoped)
    const entry = scoped.in(scope)
    if (value !== undefined) entry.values.push(value)
    if (maker === true) entry.meaning = 'maker'
  }
  for (const { name, offset, value } of assignments) declared.get(name)?.at(offset)?.values.push(value)

  function ofName(name: string, offset: number, steps: number): Meaning {
    const nearest = declared.get(name)?.at(offset)
    if (nearest === undefined) return name === 'require' ? 'require' : 'other'
    if (nearest.meaning === undefined) {
      // A name that is set to itself means nothing.
      nearest.meaning = 'other'
      nearest.meaning = firstMeaning(nearest.values, steps)
    }
    return nearest.meaning
  }

  function firstMeaning(nodes: readonly (SyntaxNode | undefined)[], steps: number): Meaning {
    for (const node of nodes) {
      const meaning = ofExpression(node, steps)
      if (meaning !== 'other') return meaning
    }
    return 'other'
  }

  function ofExpression(node: SyntaxNode | undefined, steps: number): Meaning {
    const inner = bare(node)
    if (inner === undefined || steps === 0) return 'other'
    const name = nameOf(inner)
    if (name !== undefined) return ofName(name, inner.start, steps - 1)
    if (isMakerMember(inner)) return 'maker'
    if (isModuleRequire(inner)) return declared.get('module')?.at(inner.start) ? 'other' : 'require'
    if (inner.type === 'CallExpression') {
      if (ofExpression(nodeIn(inner['callee']), steps - 1) !== 'maker') return 'other'
      return isOwnPlace(nodesIn(inner['arguments'])[0]) ? 'require' : 'elsewhere'
    }
    return firstMeaning(sidesOf(inner), steps - 1)
  }

  return (node) => ofExpression(node, MAX_STEPS)
}

interface Assignment {
  name: string
  offset: number
  value: SyntaxNode
}

/** All declarations and assignments of names that matter: `require`, `createRequire`, and what may be set to them. */
function entriesIn(
  root: SyntaxNode,
  keys: NodeKeys,
): { declarations: Declaration[]; assignments: Assignment[] } {
  const declarations: Declaration[] = []
  const assignments: Assignment[] = []
  const names = new Set(['require', 'module', MAKER])
  const makers = new Set([MAKER])
  walkTree(root, keys, (visit) => {
    for (const declaration of declarationsIn(visit)) {
      declarations.push(declaration)
      if (declaration.maker === true) makers.add(declaration.name)
      if (declaration.maker === true || mayMean(declaration.value, makers)) names.add(declaration.name)
    }
    const { node } = visit
    if (node.type !== 'AssignmentExpression') return
    const name = nameOf(nodeIn(node['left']))
    const value = nodeIn(node['right'])
    if (name === undefined || value === undefined || !mayMean(value, makers)) return
    names.add(name)
    assignments.push({ name, offset: node.start, value })
  })
  return { declarations: declarations.filter(({ name }) => names.has(name)), assignments }
}

/** Whether a value can be `require` or a maker of it: a name, a choice, or a call of something that makes one. */
function mayMean(value: SyntaxNode | undefined, makers: ReadonlySet<string>): boolean {
  const open = [value]
  for (let steps = 0; steps < MAX_STEPS && open.length > 0; steps++) {
    const inner = bare(open.pop())
    if (inner === undefined) continue
    const isCall = inner.type === 'CallExpression'
    const meant = isCall ? bare(nodeIn(inner['callee'])) : inner
    const name = nameOf(meant)
    if (meant !== undefined && isMakerMember(meant)) return true
    if (name !== undefined && (makers.has(name) || (!isCall && name === 'require'))) return true
    open.push(...sidesOf(inner))
  }
  return false
}

/** Whether this is `module.require`. */
function isModuleRequire(node: SyntaxNode): boolean {
  if (node.type !== 'MemberExpression' || memberName(node) !== 'require') return false
  return nameOf(bare(nodeIn(node['object']))) === 'module'
}

/** Both sides of a choice. */
function sidesOf(node: SyntaxNode): (SyntaxNode | undefined)[] {
  if (node.type === 'ConditionalExpression') return [nodeIn(node['consequent']), nodeIn(node['alternate'])]
  if (node.type === 'LogicalExpression') return [nodeIn(node['right']), nodeIn(node['left'])]
  if (node.type === 'AssignmentExpression') return [nodeIn(node['right'])]
  return []
}
