/** Gathers the evidence for each package and judges it as soon as the last witness has been heard. */
import { matchesSpec } from '#model/package-spec'
import type { Inventory } from '#model/inventory'
import { fail } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { Policy } from '#model/policy'
import type { RunRequest } from '#model/run-request'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts } from '#policy/judge-package'
import type { ManifestAnswer, RegistryClient } from '#registry/client'
import { shortestPaths } from '#collectors/paths'
import { packageReport } from './assemble-report.ts'
import { packageFacts } from './evidence.ts'
import { textClaims } from './texts.ts'
import { compareText } from './packages.ts'
import type { PackageGroup } from './packages.ts'
import type { JudgedPackage, OpenRegistry, World } from './world.ts'

/** Judged packages are told in lots of this many: small enough that little is lost when a later one blocks. */
const LOT = 32

/** Judges all packages; `tell` gets them in lots, in the order in which they became known. */
export async function judgePackages(
  packages: PackageGroup[],
  inventory: Inventory,
  registry: Outcome<OpenRegistry>,
  request: RunRequest,
  world: World,
  tell: (lot: JudgedPackage[]) => void,
): Promise<JudgedPackage[]> {
  const judge = createJudge(request.policy, request.now)
  const paths = shortestPaths(inventory)
  const at = new Date(request.now).toISOString()
  const all: JudgedPackage[] = []
  let lot: JudgedPackage[] = []
  const tellLot = (): void => {
    if (lot.length > 0) tell(lot)
    lot = []
  }
  await Promise.all(
    packages.map(async (group) => {
      const answer = await hearRegistry(registry, group)
      const facts = packageFacts(group, {
        registry: answer,
        texts: await textClaims(group.instances, world.texts, at),
        origin: await originOf(group, answer, registry, request.policy),
        clarifiedFiles: clarifiedFiles(group, request.policy, world),
        paths: groupPaths(group, paths),
        lockfile: inventory.lockfile,
        at,
      })
      const judgement = judge(facts)
      const judged = {
        report: packageReport(group, facts, judgement),
        findings: judgement.findings,
        used: judgement.used,
      }
      all.push(judged)
      lot.push(judged)
      if (lot.length >= LOT) tellLot()
    }),
  )
  tellLot()
  return all
}

/** What the registry says of a package, or nothing where it is not the one to ask. */
async function hearRegistry(
  registry: Outcome<OpenRegistry>,
  group: PackageGroup,
): Promise<Outcome<ManifestAnswer> | undefined> {
  if (group.source === 'registry') return askRegistry(registry, group)
  if (group.source !== 'bundled') return undefined
  return registry.ok ? askAboutBundle(registry.value.client, group) : registry
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

/**
 * A package counts as bundled where the registry's manifest of each carrier says that it carries packages. Otherwise
 * somebody may have put it there, and it is asked for like any other.
 */
async function askAboutBundle(
  client: RegistryClient,
  group: PackageGroup,
): Promise<Outcome<ManifestAnswer> | undefined> {
  for (const { carrier } of group.instances) {
    if (carrier === undefined) continue
    const answer = await client.manifest(carrier.name, carrier.version)
    if (!answer.ok) return answer
    if (answer.value.manifest.bundled === undefined) return client.manifest(group.name, group.version)
  }
  return undefined
}

function askRegistry(registry: Outcome<OpenRegistry>, group: PackageGroup): Promise<Outcome<ManifestAnswer>> {
  if (!registry.ok) return Promise.resolve(registry)
  const integrity = new Set<string>()
  for (const instance of group.instances) if (instance.integrity) integrity.add(instance.integrity)
  return registry.value.client.manifest(group.name, group.version, [...integrity])
}

/** Hashes of the files that clarifications name, from every installed copy: each copy must be the one that was read. */
function clarifiedFiles(group: PackageGroup, policy: Policy, world: World): PackageFacts['clarifiedFiles'] {
  const files = new Set<string>()
  for (const entry of policy.licenses.clarify) {
    if (!matchesSpec(entry.package, group.name, group.version)) continue
    for (const { file } of entry.files) files.add(file)
  }
  return [...files].flatMap((file) => {
    const installed = group.instances.filter((instance) => instance.installed)
    if (installed.length === 0) {
      const { failure } = fail('not-installed', `${group.id} is not installed, so ${file} cannot be read`)
      return [{ file, failure }]
    }
    return installed.map((instance) => {
      const hash = world.hashFile(instance, file)
      return hash.ok ? { file, sha256: hash.value } : { file, failure: hash.failure }
    })
  })
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
