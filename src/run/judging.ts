/** Gathers the evidence for each package and judges it as soon as the last witness has been heard. */
import type { Inventory } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import type { RunRequest, TreeSource } from '#model/run-request'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts } from '#policy/judge-package'
import type { ManifestAnswer } from '#registry/client'
import { shortestPaths } from '#collectors/paths'
import { span } from '../trace.ts'
import { packageReport } from './assemble-report.ts'
import { packageFacts } from './evidence.ts'
import { holdContents } from './held-package.ts'
import type { HeldPackage } from './held-package.ts'
import { withUse } from './imports-run.ts'
import type { ImportsRun } from './imports-run.ts'
import { plannedPlaces } from './left-out.ts'
import { hearRegistry } from './hear-registry.ts'
import { atLine, evidenceDigest, evidenceOnDisk } from './evidence-on-disk.ts'
import type { EvidenceOnDisk } from './evidence-on-disk.ts'
import { textClaims } from './texts.ts'
import { compareText } from './packages.ts'
import type { PackageGroup } from './packages.ts'
import type { JudgedPackage, OpenRegistry, World } from './world.ts'

/** Judged packages are told in lots of this many: small enough that little is lost when a later one blocks. */
const LOT = 32

/** What judging needs to know and to ask. */
export interface JudgingContext {
  inventory: Inventory
  /** What the inventory was read from: copies on disk, or tarballs in their stead. */
  source: TreeSource
  registry: Outcome<OpenRegistry>
  request: RunRequest
  world: World
  /** Judgements of an earlier run, by digest. */
  kept: ReadonlyMap<string, JudgedPackage> | undefined
  /** How packages are used; undefined where nobody looks. */
  imports: Promise<Pick<ImportsRun, 'useOf'> | undefined>
}

/** All packages, judged, in the same order twice. */
export interface JudgedPackages {
  /** With what is known of their use. */
  judged: JudgedPackage[]
  /** What of it the next run may go on with: where a package is imported may be another place then. */
  lasting: JudgedPackage[]
}

/** Judges all packages; `tell` gets them in lots, in the order in which they became known. */
export async function judgePackages(
  packages: PackageGroup[],
  context: JudgingContext,
  tell: (lot: JudgedPackage[]) => void,
): Promise<JudgedPackages> {
  const { inventory, source, registry, request, world, kept } = context
  const judge = createJudge(request.policy, request.now)
  const wanted = new Set(packages.flatMap(({ instances }) => instances.map(({ location }) => location)))
  const pathsTo = shortestPaths(inventory, wanted)
  const places = plannedPlaces(inventory)
  const all: JudgedPackages = { judged: [], lasting: [] }
  let lot: JudgedPackage[] = []
  const tellLot = (): void => {
    if (lot.length > 0) tell(lot)
    lot = []
  }
  await Promise.all(
    packages.map(async (found) => {
      // Questions go out before anything is read, unless an earlier answer may make them needless.
      const answer = kept === undefined ? hearRegistry(registry, found) : undefined
      const held =
        source === 'lockfile'
          ? await holdContents(found, { request, registry, onDisk: world, places })
          : INSTALLED
      const { group, witnesses, contents } = { group: found, witnesses: world, ...held }
      const early = await answer
      const disk = evidenceOnDisk(group, groupPaths(group, pathsTo), request.policy, witnesses)
      const use = await useOf(group, context)
      const digest = evidenceDigest(group, disk, inventory, use)
      const known = kept?.get(digest)
      const judged = known
        ? atLine(known, group, inventory)
        : { digest, ...(await judgeAnew(group, { disk, early, use, contents }, context, judge)) }
      const used = await context.imports
      const shown = used === undefined ? judged : withUse(judged, used)
      all.judged.push(shown)
      all.lasting.push(judged)
      lot.push(shown)
      if (lot.length >= LOT) tellLot()
    }),
  )
  tellLot()
  return all
}

const INSTALLED = { contents: 'node_modules' as const }

/** Absent for a package that is never looked up by name. */
type RegistryAnswer = Outcome<ManifestAnswer> | undefined

/** What is known of a package before the registry has answered. */
interface KnownEarly {
  disk: EvidenceOnDisk
  contents: HeldPackage['contents']
  early: RegistryAnswer
  use: PackageFacts['use']
}

async function judgeAnew(
  group: PackageGroup,
  { disk: { paths, files, clarifiedFiles }, early, use, contents }: KnownEarly,
  { inventory, registry, request, world }: JudgingContext,
  judge: ReturnType<typeof createJudge>,
): Promise<Omit<JudgedPackage, 'digest'>> {
  const at = new Date(request.now).toISOString()
  const answer = early ?? (await hearRegistry(registry, group))
  const facts = packageFacts(group, {
    registry: answer,
    contents,
    texts: await textClaims(files, world.texts, { at, from: contents }),
    origin: await originOf(group, answer, registry, request.policy),
    ...(registry.ok && { isOwnOrigin: (origin) => registry.value.isOwnOrigin(group.name, origin) }),
    clarifiedFiles,
    ...(use && { use }),
    paths,
    lockfile: inventory.lockfile,
    at,
  })
  const judgement = span('policy.judge', () => judge(facts))
  return {
    report: packageReport(group, facts, judgement),
    findings: judgement.findings,
    used: judgement.used,
  }
}

/** How a package is used, where a licence depends on it. */
async function useOf(
  { instances }: PackageGroup,
  { request, imports }: JudgingContext,
): Promise<PackageFacts['use']> {
  if (request.policy.licenses.notShipped === undefined) return undefined
  const known = await imports
  if (known === undefined) return undefined
  const { shipped, because, place } = known.useOf(instances.map(({ location }) => location))
  return {
    shipped,
    ...(because !== undefined && { because }),
    ...(place && { location: place }),
  }
}

/** What rules about age and registries need to know of a package that the registry vouches for. */
async function originOf(
  { name, version }: PackageGroup,
  answer: Outcome<ManifestAnswer> | undefined,
  registry: Outcome<OpenRegistry>,
  { packages, sources }: Policy,
): Promise<Pick<PackageFacts, 'published' | 'registry'>> {
  if (answer?.ok !== true || !registry.ok) return {}
  const { client, registryOf } = registry.value
  const named = sources.registries.length > 0 ? registryOf(name) : undefined
  return {
    ...(named !== undefined && { registry: named }),
    ...(packages.minimumAgeMs > 0 && { published: await client.publishTime(name, version) }),
  }
}

/** One shortest path from each root, over all places where the package lies. */
function groupPaths(group: PackageGroup, paths: Map<string, string[][]>): string[][] {
  const byRoot = new Map<string, string[]>()
  for (const instance of group.instances) {
    for (const path of paths.get(instance.location) ?? []) {
      const root = path[0] ?? ''
      const known = byRoot.get(root)
      if (known === undefined || path.length < known.length) byRoot.set(root, path)
    }
  }
  return [...byRoot.values()].toSorted(
    (a, b) => a.length - b.length || compareText(a.join('\n'), b.join('\n')),
  )
}
