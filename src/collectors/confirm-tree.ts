/** Compares npm's tree with the draft, package by package: only what both show is an inventory. */
import type { Inventory, PackageInstance, TreeProblem } from '#model/inventory'
import { packageId } from '#model/package-id'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import type { NpmNode, NpmTree } from './npm-ls.ts'
import { sameVersion } from './same-version.ts'
import { treeMismatch } from './tree-differences.ts'
import type { TreeDraft } from './tree.ts'
import { createLookUp } from './look-up.ts'
import { edgeKey, unreachedProblem } from './tree-problems.ts'

/** What the walk beside npm's tree brought to light. */
interface Comparison {
  visited: Set<string>
  differences: string[]
  problems: TreeProblem[]
}

/**
 * The draft as inventory, if npm shows the same packages at the same places: everything installed was shown, nothing
 * more was, and every version is equal. Otherwise `tree-mismatch`, or `npm-ls-unreadable` for an empty answer.
 */
export function confirmTree(draft: TreeDraft, npm: NpmTree): Outcome<Inventory> {
  const { inventory } = draft
  const expected = inventory.instances.filter(({ installed, source }) => installed && source !== 'root')
  if (
    npm.root.children.length === 0 &&
    npm.root.version === undefined &&
    npm.name === undefined &&
    expected.length > 0
  ) {
    return fail('npm-ls-unreadable', 'npm ls wrote an empty tree for a project that has packages.', {
      fix: 'Run `npm ls --all` in the project to see what npm says.',
    })
  }
  const found: Comparison = { visited: new Set(['']), differences: [], problems: [] }
  const { name, version } = inventory.root
  if ((name !== '' && npm.name !== name) || !sameVersion(npm.root.version ?? '', version)) {
    found.differences.push(
      `npm ls shows ${idOf(npm.name, npm.root.version)} in place of ${idOf(name, version)}`,
    )
  }
  compareNodes(draft, npm.root, found)
  for (const instance of expected) {
    if (!found.visited.has(instance.location) && !isBeyondNpm(instance)) {
      found.differences.push(
        `${instance.location}: ${packageId(instance.name, instance.version)}, not shown by npm ls`,
      )
    }
  }
  if (found.differences.length > 0) {
    return {
      ok: false,
      failure: treeMismatch([...new Set(found.differences)], 'npm ls and the files on disk', draft.npmrcKeys),
    }
  }
  return ok({ ...inventory, problems: [...inventory.problems, ...found.problems] })
}

/** npm does not list what nothing asks for below a workspace or a linked folder; it is in the inventory all the same. */
function isBeyondNpm({ location, extraneous, source }: PackageInstance): boolean {
  return (extraneous && !location.startsWith('node_modules/')) || source === 'workspace'
}

function compareNodes(draft: TreeDraft, root: NpmNode, found: Comparison): void {
  const installed = new Map(
    draft.inventory.instances
      .filter((instance) => instance.installed)
      .map((instance) => [instance.location, instance]),
  )
  const linked = [...draft.links].flatMap(([place, location]) => {
    const target = installed.get(location)
    return target ? [[place, target] as const] : []
  })
  const find = createLookUp([...installed, ...linked])
  const invalid = new Map<PackageInstance, Set<string>>()
  const open: [location: string, node: NpmNode][] = [['', root]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [from, node] = next
    for (const [name, child] of node.children) {
      const instance = find(from, name)
      if (!instance) {
        compareAbsent(draft, from, name, child, found)
        continue
      }
      found.visited.add(instance.location)
      if (!instance.unreadable) open.push([instance.location, child])
      if (!isSame(instance, child)) {
        const disk = packageId(instance.name, instance.version)
        found.differences.push(
          `${instance.location}: npm ls shows ${child.version ?? 'nothing'}, disk ${disk}`,
        )
        continue
      }
      noteExtraneous(instance, child, found)
      if (child.invalid === undefined) continue
      const known = invalid.get(instance) ?? new Set()
      invalid.set(instance, known)
      for (const asker of child.invalid) known.add(asker)
    }
  }
  for (const [instance, askers] of invalid) found.problems.push(invalidProblem(instance, askers))
}

/** So many of those who ask for another version are named: half of the project may. */
const MAX_ASKERS = 8

function isSame(instance: PackageInstance, child: NpmNode): boolean {
  if (child.missing) return false
  // Nothing outside the project is read, so npm's word on its version cannot be checked.
  return instance.unreadable !== undefined || sameVersion(child.version ?? '', instance.version)
}

function compareAbsent(
  draft: TreeDraft,
  from: string,
  name: string,
  child: NpmNode,
  found: Comparison,
): void {
  if (child.missing) {
    if (draft.absent.has(edgeKey(from, name))) return
    found.problems.push({
      type: 'missing',
      package: name,
      message: `npm finds ${name} missing, which ${from || 'the project'} needs.`,
      fix: 'Install it with `npm ci`.',
    })
  } else if (child.version !== undefined || child.children.length > 0 || child.extraneous) {
    found.differences.push(
      `npm ls shows ${idOf(name, child.version)} below ${from || 'the project'}, the disk does not`,
    )
  }
}

function noteExtraneous(instance: PackageInstance, child: NpmNode, found: Comparison): void {
  if (
    !child.extraneous ||
    instance.extraneous ||
    instance.source === 'root' ||
    instance.source === 'workspace'
  )
    return
  if (instance.kinds.every((kind) => kind === 'dev')) {
    found.differences.push(`${instance.location}: npm ls finds nothing that asks for it`)
  } else found.problems.push(unreachedProblem(instance, false))
}

/** npm shows a package wherever it is asked for, each time with whom it has met so far, in an order that changes. */
function invalidProblem(instance: PackageInstance, askers: ReadonlySet<string>): TreeProblem {
  const id = packageId(instance.name, instance.version)
  const all = [...askers].toSorted()
  const more = all.length > MAX_ASKERS ? ` and ${all.length - MAX_ASKERS} more` : ''
  const wanted = `${all.slice(0, MAX_ASKERS).join(', ')}${more}`
  return {
    type: 'invalid',
    package: id,
    location: instance.location,
    message: `${id} is installed, but not what is asked for: ${wanted}.`,
    fix: 'Make the ranges agree, or install anew with `npm ci`.',
  }
}

function idOf(name: string | undefined, version: string | undefined): string {
  return version ? packageId(name ?? '?', version) : (name ?? 'a package without name')
}
