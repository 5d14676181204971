/** Puts what other tools say together with the tree: the lists of a policy, its exceptions, and what is lost. */
import { expandGroups } from '#config/built-in'
import { allowEntryProblem, expressionProblem } from '#config/license-ids'
import { createAllowSet } from '#license/allow-set'
import { missingLicenses } from '#license/evaluate'
import { parseExpression } from '#license/expression'
import { matchesSpec, parsePackageSpec } from '#model/package-spec'
import type { PackageReport } from '#model/run-report'
import { exceptionExpiry } from '#policy/exception-snippet'
import { BASIC } from '../proposal.ts'
import type { Exempt, Imported, Lost, Peer } from './imported.ts'

/** The lists to begin with, and all else. */
export interface Combined {
  lists: { allow: string[]; dev: string[] }
  imported: Imported
}

/** Who answers for an exception that nobody has looked at yet. */
const NOBODY_YET = 'to be named'

/** Combines them; `now` in epoch milliseconds. What several tools are asked about has to pass each of them. */
export function combinePeers(
  peers: readonly Peer[],
  packages: readonly PackageReport[],
  now: number,
): Combined {
  const lost: Lost[] = peers.flatMap((peer) => peer.lost)
  const allowing = peers.filter(({ allow }) => allow !== undefined)
  const denied = new Set(peers.flatMap(({ deny }) => deny.flatMap(deniedIds)))
  const productionOnly = peers.every((peer) => peer.productionOnly)
  const dev = productionOnly ? without(BASIC.dev, denied) : []
  const general = inEach(allowing.map(({ allow = [] }) => allow))
  const allow = allowing.length > 0 ? without(general, denied) : fromTree(packages, denied)
  if (productionOnly) lost.push({ what: 'production alone', why: ONLY_PRODUCTION })
  if (allowing.length === 0) lost.push({ what: [...denied].join(', '), why: NO_DENY_LIST })
  const lists = { allow, dev }
  const exceptions = peers.flatMap((peer) =>
    peer.exempt.flatMap((entry) => {
      const agreed = packages.filter((one) => isMeant(entry, one) && peers.every((other) => lets(other, one)))
      const made = exceptionsFor(entry, agreed, lists, { source: peer.source, now })
      if (made.length === 0) lost.push({ what: entry.text, why: NOT_NEEDED })
      return made.flatMap((one) => {
        if ('why' in one) lost.push(one)
        return 'why' in one ? [] : [one]
      })
    }),
  )
  const clarify = peers.flatMap(({ readings, source }) =>
    readings.flatMap((reading) => {
      const { package: spec, license, file, sha256 } = reading
      const isWrong = !parsePackageSpec(spec).ok || expressionProblem(license) !== undefined
      if (isWrong || file === undefined || !/^[0-9a-f]{64}$/.test(sha256 ?? '')) {
        lost.push({ what: `clarification of ${spec}`, why: `is not one of depgate: depgate clarify ${spec}` })
        return []
      }
      return [{ package: spec, license, file, sha256: sha256 ?? '', reason: `as it was read for ${source}` }]
    }),
  )
  const ban = peers.flatMap((peer) => peer.ban).filter(({ package: spec }) => parsePackageSpec(spec).ok)
  const once = new Map(exceptions.map((entry) => [entry.package, entry]))
  return {
    lists,
    imported: {
      sources: peers.map(({ source }) => source),
      exceptions: [...once.values()],
      clarify,
      ban,
      lost,
    },
  }
}

const ONLY_PRODUCTION =
  'depgate judges the whole tree, with wider lists for development: --omit dev, or dependencies().production() in a test, leaves that out'
const NO_DENY_LIST =
  'a list of what is denied lets everything else pass, unknown licences too: the policy allows what is there today without these'
const NOT_NEEDED = 'nothing in this tree needs it: the lists allow it, or it is not installed'

type Exception = Imported['exceptions'][number]

/** An exemption whatever the licence becomes one for the licence that is there. */
function exceptionsFor(
  { text, package: spec }: Exempt,
  meant: readonly PackageReport[],
  lists: Combined['lists'],
  { source, now }: { source: string; now: number },
): (Exception | Lost)[] {
  if (spec !== undefined && !parsePackageSpec(spec).ok) return [{ what: text, why: 'is not a package spec' }]
  const general = createAllowSet(expandGroups(lists.allow), '')
  const dev = createAllowSet(expandGroups(lists.dev), '')
  const needed = new Map<string, Set<string>>()
  const lost: Lost[] = []
  for (const { id, name, license, kinds } of meant) {
    const read = license === null ? undefined : parseExpression(license)
    if (read?.ok !== true) {
      lost.push({ what: `${text} (${id})`, why: `has no licence to except: depgate clarify ${id}` })
      continue
    }
    const sets = kinds.every((kind) => kind === 'dev') ? [general, dev] : [general]
    const missing = missingLicenses(read.expression, sets)
    if (missing.length === 0) continue
    const key = spec ?? name
    needed.set(key, new Set([...(needed.get(key) ?? []), ...missing]))
  }
  const made = [...needed].map(([key, licenses]) => ({
    package: key,
    allow: [...licenses].toSorted(),
    reason: `let pass in ${source}`,
    owner: NOBODY_YET,
    expires: exceptionExpiry(now),
  }))
  return [...made, ...lost]
}

function isMeant({ package: spec, prefix }: Exempt, { name, version }: PackageReport): boolean {
  if (spec === undefined) return prefix !== undefined && name.startsWith(prefix)
  const parsed = parsePackageSpec(spec)
  return parsed.ok && matchesSpec(parsed.spec, name, version)
}

/** Whether one tool alone would let a package pass. */
function lets({ exempt, allow, deny }: Peer, entry: PackageReport): boolean {
  if (exempt.some((one) => isMeant(one, entry))) return true
  const parsed = entry.license === null ? undefined : parseExpression(entry.license)
  if (parsed?.ok !== true) return false
  if (allow === undefined) return !deny.flatMap(deniedIds).includes(entry.license ?? '')
  return missingLicenses(parsed.expression, [createAllowSet(expandGroups(allow), '')]).length === 0
}

/** The entries that every list holds; a group of which some list lacks a licence is taken apart. */
function inEach(lists: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = lists
  const held = others.map((list) => new Set(expandGroups(list)))
  const isHeld = (id: string): boolean => held.every((ids) => ids.has(id))
  return [...new Set(first)].flatMap((entry) => {
    const licenses = expandGroups([entry])
    return licenses.every(isHeld) ? [entry] : licenses.filter(isHeld)
  })
}

/** Ids under which a denied licence goes: GNU's deprecated ones stand for two. */
function deniedIds(name: string): string[] {
  return /^(?:[AL]?GPL|GFDL)-\d+\.\d+$/.test(name) ? [name, `${name}-only`, `${name}-or-later`] : [name]
}

/** Entries without what is denied; a group that holds any of it is taken apart. */
function without(entries: readonly string[], denied: ReadonlySet<string>): string[] {
  return entries.flatMap((entry) => {
    const licenses = expandGroups([entry])
    if (!licenses.some((id) => denied.has(id))) return [entry]
    return licenses.filter((id) => !denied.has(id))
  })
}

/** The groups that every proposal begins with, and every single licence that is there, without what is denied. */
function fromTree(packages: readonly PackageReport[], denied: ReadonlySet<string>): string[] {
  const groups = without(BASIC.allow, denied)
  const known = new Set(expandGroups(groups))
  const there = packages.flatMap(({ leaves }) => leaves.map(({ leaf }) => leaf))
  const more = [...new Set(there)].filter(
    (leaf) => !known.has(leaf) && !denied.has(leaf) && allowEntryProblem(leaf) === undefined,
  )
  return [...groups, ...more.toSorted()]
}
