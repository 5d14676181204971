/** Which names and expressions of a file stand for Node's own `require`, and where. */
import { declarationsIn } from './declarations.ts'
import type { Declaration } from './declarations.ts'
import { bare, isImportMeta, isOwnPlace, knownText, memberName, nameOf } from './expressions.ts'
import { createScoped } from './scoped.ts'
import type { Scoped } from './scoped.ts'
import { nodeIn, nodesIn, walkTree } from './syntax-tree.ts'
import type { NodeKeys, SyntaxNode } from './syntax-tree.ts'

/** What an expression means. */
export type Meaning =
  /** Resolves from this file. */
  | 'require'
  /** Resolves from another file, or nobody knows from where. */
  | 'elsewhere'
  /** `require.resolve` of this file. */
  | 'resolve'
  | 'import-meta'
  /** `import.meta.resolve`. */
  | 'meta-resolve'
  /** `createRequire`. */
  | 'maker'
  /** `process.getBuiltinModule`. */
  | 'builtins'
  | 'other'

/** What is known of a file's names. */
export interface RequireNames {
  /** What an expression means, if it is a name for `require`, a call of what makes one, or a choice between such. */
  meaningOf: (node: SyntaxNode | undefined) => Meaning
  /** Whether the file says what a name is that stands at an offset. Only for names that are set to what means something. */
  isDeclared: (name: string, offset: number) => boolean
}

/** What a name is set to in one scope. */
interface Declared {
  values: Value[]
  meaning?: Meaning
}

/** An expression, or a part of it; without an expression a part of something that is not known. */
interface Value {
  node?: SyntaxNode | undefined
  part?: string | undefined
}

/** Choices and calls inside each other are followed so far; nobody nests more of them. */
const MAX_STEPS = 12

/** What Node's `module` calls the function that makes a `require`. */
const MAKER = 'createRequire'
/** What these are asked of does not matter: nothing else is called so. */
const BY_NAME: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  [MAKER, 'maker'],
  ['getBuiltinModule', 'builtins'],
])
/** Parts of an object that may mean something, whatever the object is. */
const PARTS: ReadonlySet<string> = new Set([...BY_NAME.keys(), 'require', 'resolve', '_load'])

/** Looks through a tree for what `require` and names like it are declared as. */
export function requireNames(root: SyntaxNode, keys: NodeKeys): RequireNames {
  const { declarations, assignments } = entriesIn(root, keys)
  const declared = new Map<string, Scoped<Declared>>()
  for (const { name, scope, value, part } of declarations) {
    const scoped = declared.get(name) ?? createScoped<Declared>(() => ({ values: [] }))
    declared.set(name, scoped)
    const entry = scoped.in(scope)
    if (value !== undefined || part !== undefined) entry.values.push({ node: value, part })
  }
  for (const { name, offset, value } of assignments)
    declared.get(name)?.at(offset)?.values.push({ node: value })

  function isDeclared(name: string, offset: number): boolean {
    return declared.get(name)?.at(offset) !== undefined
  }

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

  function firstMeaning(values: readonly Value[], steps: number): Meaning {
    for (const { node, part } of values) {
      const meaning = part === undefined ? ofExpression(node, steps) : ofPart(part, bare(node), steps)
      if (meaning !== 'other') return meaning
    }
    return 'other'
  }

  function ofExpression(node: SyntaxNode | undefined, steps: number): Meaning {
    const inner = bare(node)
    if (inner === undefined || steps === 0) return 'other'
    if (isImportMeta(inner)) return 'import-meta'
    const name = nameOf(inner)
    if (name !== undefined) return ofName(name, inner.start, steps - 1)
    if (inner.type === 'MemberExpression')
      return ofPart(memberName(inner), bare(nodeIn(inner['object'])), steps - 1)
    if (inner.type === 'CallExpression') return ofCall(inner, steps - 1)
    return firstMeaning(
      sidesOf(inner).map((side) => ({ node: side })),
      steps - 1,
    )
  }

  function ofPart(part: string | undefined, object: SyntaxNode | undefined, steps: number): Meaning {
    if (part === undefined) return 'other'
    const byName = BY_NAME.get(part)
    if (byName !== undefined || object === undefined) return byName ?? 'other'
    switch (part) {
      case 'require':
        if (isOtherModule(object, steps)) return 'elsewhere'
        return isGlobal(object, ['module', 'globalThis', 'global']) ? 'require' : 'other'
      case 'resolve':
        return RESOLVING.get(ofExpression(object, steps)) ?? 'other'
      case '_load':
        return isModuleClass(object) ? 'elsewhere' : 'other'
      default:
        return 'other'
    }
  }

  function ofCall(call: SyntaxNode, steps: number): Meaning {
    const callee = bare(nodeIn(call['callee']))
    const given = nodesIn(call['arguments'])
    if (callee?.type === 'MemberExpression' && memberName(callee) === 'bind' && given.length < 2)
      return ofExpression(nodeIn(callee['object']), steps)
    if (ofExpression(callee, steps) !== 'maker') return 'other'
    return isOwnPlace(given[0]) ? 'require' : 'elsewhere'
  }

  /** Whether this is one of some names that Node itself gives a meaning. */
  function isGlobal(node: SyntaxNode, names: readonly string[]): boolean {
    const name = nameOf(node)
    return name !== undefined && names.includes(name) && !isDeclared(name, node.start)
  }

  /** Whether this is a module other than that of the file: `require.main`, `process.mainModule`, `module.parent`. */
  function isOtherModule(node: SyntaxNode, steps: number): boolean {
    const name = node.type === 'MemberExpression' ? memberName(node) : undefined
    const object = bare(nodeIn(node['object']))
    if (name === undefined || object === undefined) return false
    if (name === 'parent') return isGlobal(object, ['module'])
    return name === 'mainModule' || (name === 'main' && ofExpression(object, steps) === 'require')
  }

  return { meaningOf: (node) => ofExpression(node, MAX_STEPS), isDeclared }
}

const RESOLVING: ReadonlyMap<Meaning, Meaning> = new Map<Meaning, Meaning>([
  ['require', 'resolve'],
  ['elsewhere', 'elsewhere'],
  ['import-meta', 'meta-resolve'],
])

interface Assignment {
  name: string
  offset: number
  value: SyntaxNode
}

interface Entries {
  declarations: Declaration[]
  assignments: Assignment[]
}

/** All declarations and assignments of names that matter: those that Node knows, and what may be set to them. */
function entriesIn(root: SyntaxNode, keys: NodeKeys): Entries {
  const declarations: Declaration[] = []
  const assignments: Assignment[] = []
  const names = new Set(['require', 'module', 'global', 'globalThis', MAKER])
  /** Which names are set to a name. */
  const setTo = new Map<string, string[]>()
  const open = [...names]
  const note = (name: string, value: SyntaxNode | undefined, part: string | undefined): void => {
    if (part !== undefined && !PARTS.has(part)) return
    const sources = part !== undefined ? [true as const] : sourcesOf(value)
    for (const source of sources) {
      if (source === true) open.push(name)
      else {
        const targets = setTo.get(source) ?? []
        targets.push(name)
        setTo.set(source, targets)
      }
    }
  }
  walkTree(root, keys, (visit) => {
    for (const declaration of declarationsIn(visit)) {
      declarations.push(declaration)
      note(declaration.name, declaration.value, declaration.part)
    }
    const { node } = visit
    if (node.type !== 'AssignmentExpression') return
    const name = nameOf(nodeIn(node['left']))
    const value = nodeIn(node['right'])
    if (name === undefined || value === undefined) return
    assignments.push({ name, offset: node.start, value })
    note(name, value, undefined)
  })
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    names.add(name)
    for (const next of setTo.get(name) ?? []) if (!names.has(next)) open.push(next)
    setTo.delete(name)
  }
  return {
    declarations: declarations.filter(({ name }) => names.has(name)),
    assignments: assignments.filter(({ name }) => names.has(name)),
  }
}

/** The names that a value may be, or be made by; true if it may mean something without any. */
function sourcesOf(value: SyntaxNode | undefined): (string | true)[] {
  const found: (string | true)[] = []
  const open = [value]
  for (let steps = 0; steps < MAX_STEPS && open.length > 0; steps++) {
    const inner = bare(open.pop())
    if (inner === undefined) continue
    const name = nameOf(inner)
    if (name !== undefined) found.push(name)
    else if (isImportMeta(inner)) found.push(true)
    else if (inner.type === 'CallExpression') {
      // What is required means nothing here, and nearly all calls are of that.
      if (nameOf(nodeIn(inner['callee'])) === 'require') continue
      const callee = bare(nodeIn(inner['callee']))
      const isBound = callee?.type === 'MemberExpression' && memberName(callee) === 'bind'
      open.push(isBound ? nodeIn(callee['object']) : callee)
    } else if (inner.type === 'MemberExpression') {
      if (PARTS.has(memberName(inner) ?? '')) found.push(true)
    } else open.push(...sidesOf(inner))
  }
  return found
}

/** Whether this is what Node's `module` exports: `module.constructor`, `Module`, `require('module')`. */
function isModuleClass(node: SyntaxNode): boolean {
  if (node.type === 'CallExpression')
    return ['module', 'node:module'].includes(knownText(nodesIn(node['arguments'])[0]) ?? '')
  return memberName(node) === 'constructor' || nameOf(node) === 'Module'
}

/** Both sides of a choice. */
function sidesOf(node: SyntaxNode): (SyntaxNode | undefined)[] {
  if (node.type === 'ConditionalExpression') return [nodeIn(node['consequent']), nodeIn(node['alternate'])]
  if (node.type === 'LogicalExpression') return [nodeIn(node['right']), nodeIn(node['left'])]
  if (node.type === 'AssignmentExpression') return [nodeIn(node['right'])]
  return []
}
