/** What npm has confirmed of a tree, kept place by place, and whether it would confirm the tree of today as well. */
import { hash } from 'node:crypto'
import satisfies from 'semver/functions/satisfies.js'
import validRange from 'semver/ranges/valid.js'
import type { Inventory, PackageInstance, TreeProblem } from '#model/inventory'
import { isPlainSpec } from './dependency-spec.ts'
import type { DraftGraph } from './draft-graph.ts'
import type { Declared } from './manifest-fields.ts'
import { readPackageLock } from './package-lock.ts'
import type { LockEntry } from './package-lock.ts'
import type { DraftEdge } from './reach.ts'
import { sameVersion } from './same-version.ts'
import { overrideSpecs } from './sources.ts'
import type { TreeDraft } from './tree.ts'

/** npm's word on a tree. */
export interface Confirmation {
  /** Digest of what concerns the tree as a whole. */
  whole: string
  /** Digest of each installed package by its place: what it is, what it declares, what that resolves to. */
  places: Record<string, string>
  /** What npm finds invalid, with the places of all that ask for it. */
  invalid: { location: string; askedBy: string[]; problem: TreeProblem }[]
}

/** Whether something that was kept is npm's word; only its own seal vouches for the rest. */
export function isConfirmation(value: unknown): value is Confirmation {
  return (
    typeof value === 'object' && value !== null && 'whole' in value && 'places' in value && 'invalid' in value
  )
}

/** What each place of a draft is held to. */
export function placesOf(draft: TreeDraft): Confirmation['places'] {
  const places: Confirmation['places'] = {}
  for (const instance of installed(draft)) places[instance.location] = placeDigest(draft, instance)
  return places
}

/** What to keep of npm's word on a draft; undefined if npm had more to say than that something is invalid. */
export function confirmationOf(
  draft: TreeDraft,
  confirmed: Inventory,
  places = placesOf(draft),
): Confirmation | undefined {
  const said = confirmed.problems.slice(draft.inventory.problems.length)
  // What npm only believes of a package may be all that makes another one invalid.
  if (said.length > 0 && installed(draft).some((instance) => believedOf(draft, instance) !== undefined))
    return undefined
  const invalid: Confirmation['invalid'] = []
  for (const problem of said) {
    if (problem.type !== 'invalid' || problem.location === undefined) return undefined
    const { location } = problem
    invalid.push({ location, askedBy: askersOf(draft.graph, location), problem })
  }
  return { whole: wholeDigest(draft), places, invalid }
}

/**
 * The inventory, if it follows from npm's earlier word that npm would confirm this draft too: every place is as it was,
 * or is a plain registry package all of whose dependencies, and all that depend on it, ask for ranges that are met.
 * Undefined wherever npm might have anything to say: then it has to be asked.
 */
export function confirmedBefore(
  draft: TreeDraft,
  before: Confirmation,
  places = placesOf(draft),
): Inventory | undefined {
  if (before.whole !== wholeDigest(draft)) return undefined
  if (draft.inventory.problems.some(({ type }) => type === 'missing')) return undefined
  const instances = installed(draft)
  const changed = new Set<string>()
  for (const instance of instances) {
    const known = Object.hasOwn(before.places, instance.location)
      ? before.places[instance.location]
      : undefined
    if (known === places[instance.location]) continue
    if (!isPlain(instance)) return undefined
    changed.add(instance.location)
  }
  if (!agreesWithHidden(draft, instances, changed) || !areMet(draft, changed)) return undefined
  const carried = before.invalid.filter(
    ({ location, askedBy }) =>
      isSame(askersOf(draft.graph, location), askedBy) &&
      !askedBy.concat(location).some((at) => changed.has(at)),
  )
  if (carried.length < before.invalid.length) return undefined
  const { inventory } = draft
  return { ...inventory, problems: [...inventory.problems, ...carried.map(({ problem }) => problem)] }
}

function installed({ inventory }: TreeDraft): PackageInstance[] {
  return inventory.instances.filter((instance) => instance.installed)
}

function isPlain({ source, extraneous }: PackageInstance): boolean {
  return !extraneous && (source === 'registry' || source === 'root' || source === 'workspace')
}

/** Overrides change what npm asks for, links and workspaces what it walks, the project's .npmrc how it does so. */
function wholeDigest({ overrides, links, graph, npmrc }: TreeDraft): string {
  return digestOf([overrides ?? null, [...links], [...graph.firstParty], npmrc ?? null])
}

function placeDigest(draft: TreeDraft, instance: PackageInstance): string {
  const { graph } = draft
  const { location, name, version, source, extraneous } = instance
  const node = graph.nodes.get(location)
  const edges = (graph.edges.get(location) ?? []).map(({ name: as, to }) => [as, to])
  const believed = believedOf(draft, instance)
  return digestOf([
    name,
    version,
    source,
    extraneous,
    node?.disk?.role,
    node?.disk?.manifest.declared,
    edges,
    ...(believed === undefined ? [] : [believed]),
  ])
}

/** What npm believes that a package asks for where it goes by its hidden lockfile, if that is something else. */
function believedOf(draft: TreeDraft, { location }: PackageInstance): string | undefined {
  const entry = hiddenEntries(draft)?.get(location)
  const declared = draft.graph.nodes.get(location)?.disk?.manifest.declared
  return entry === undefined || declaresSame(entry, declared) ? undefined : spelt(entry.declared)
}

function digestOf(value: unknown): string {
  return hash('sha256', JSON.stringify(value)).slice(0, 32)
}

function askersOf({ edges }: DraftGraph, location: string): string[] {
  const askers: string[] = []
  for (const [from, all] of edges) if (all.some(({ to }) => to === location)) askers.push(from)
  return askers.toSorted()
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}

/** npm may read the lockfile it hides in node_modules instead of the packages: what it says there must be what is there. */
function agreesWithHidden(
  draft: TreeDraft,
  instances: readonly PackageInstance[],
  changed: ReadonlySet<string>,
): boolean {
  if (draft.hidden === undefined) return true
  const { graph } = draft
  const entries = hiddenEntries(draft)
  if (entries === undefined) return false
  const inModules = instances.filter(({ location }) => graph.nodes.get(location)?.disk?.role === 'installed')
  const places = new Set(inModules.map(({ location }) => location))
  for (const location of entries.keys()) if (!places.has(location)) return false
  return inModules.every(({ location, name, version }) => {
    const entry = entries.get(location)
    if (entry === undefined || entry.name !== name || !sameVersion(entry.version, version)) return false
    return !changed.has(location) || declaresSame(entry, graph.nodes.get(location)?.disk?.manifest.declared)
  })
}

type Entries = ReadonlyMap<string, LockEntry>
const parsed = new WeakMap<TreeDraft, { entries: Entries | undefined }>()

/** What the hidden lockfile of a draft lists, by location; undefined where there is none, or it cannot be read. */
function hiddenEntries(draft: TreeDraft): Entries | undefined {
  const known = parsed.get(draft)
  if (known !== undefined) return known.entries
  const read = draft.hidden === undefined ? undefined : readPackageLock(draft.hidden)
  const entries = read?.ok === true ? read.value.entries : undefined
  parsed.set(draft, { entries })
  return entries
}

function declaresSame(entry: LockEntry, declared: readonly Declared[] = []): boolean {
  return spelt(entry.declared) === spelt(declared)
}

function spelt(declared: readonly Declared[]): string {
  return declared
    .map(({ name, spec, kind, optional }) => JSON.stringify([name, spec, kind, optional]))
    .toSorted()
    .join('\n')
}

/** Every dependency from or to a changed place asks for a range, and what stands there is in it. */
function areMet({ graph, inventory, overrides }: TreeDraft, changed: ReadonlySet<string>): boolean {
  const overridden = overrideSpecs(overrides, new Map())
  const at = new Map(inventory.instances.map((instance) => [instance.location, instance]))
  const isMet = ({ to, name, spec }: DraftEdge): boolean => {
    const target = at.get(to)
    if (target === undefined || !target.installed) return true
    if (!isPlain(target) || overridden.has(name) || !isPlainSpec(spec)) return false
    return validRange(spec, true) !== null && satisfies(target.version, spec, true)
  }
  for (const [from, edges] of graph.edges) {
    if (at.get(from)?.installed !== true) continue
    if (edges.some((edge) => (changed.has(from) || changed.has(edge.to)) && !isMet(edge))) return false
  }
  return graph.unresolved.every(
    ({ from, declared }) => !changed.has(from) || declared.optional || declared.kind === 'peer',
  )
}
