/** Who answers for a package: its registry, for what a tarball carries that of the carrier, or nobody but the policy. */
import type { PackageInstance } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import { ok } from '#model/outcome'
import type { Policy } from '#model/policy'
import { isFirstParty } from '#policy/first-party'
import type { ManifestAnswer, RegistryClient } from '#registry/client'
import type { PackageGroup } from './packages.ts'
import type { OpenRegistry } from './world.ts'

/** What the registry says of a package, or nothing where it is not the one to ask. */
export async function hearRegistry(
  registry: Outcome<OpenRegistry>,
  group: PackageGroup,
): Promise<Outcome<ManifestAnswer> | undefined> {
  if (group.source === 'registry') return askRegistry(registry, group)
  if (group.source !== 'bundled') return undefined
  return registry.ok ? askAboutBundle(registry.value.client, group) : registry
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
    const carries = await confirmsBundle(client, carrier)
    if (!carries.ok) return carries
    if (!carries.value) return client.manifest(group.name, group.version)
  }
  return undefined
}

/** Whether the registry says of a package that its tarball carries others. */
export async function confirmsBundle(
  client: Pick<RegistryClient, 'manifest'>,
  { name, version }: NonNullable<PackageInstance['carrier']>,
): Promise<Outcome<boolean>> {
  const answer = await client.manifest(name, version)
  return answer.ok ? ok(answer.value.manifest.bundled !== undefined) : answer
}

function askRegistry(registry: Outcome<OpenRegistry>, group: PackageGroup): Promise<Outcome<ManifestAnswer>> {
  if (!registry.ok) return Promise.resolve(registry)
  const integrity = new Set<string>()
  for (const instance of group.instances) if (instance.integrity) integrity.add(instance.integrity)
  return registry.value.client.manifest(group.name, group.version, [...integrity])
}

/** Whether a package is the company's own: its policy says so, and the registry it comes from is the company's. */
export function countsAsFirstParty(
  instance: PackageInstance,
  policy: Pick<Policy, 'firstParty'>,
  registry: Outcome<OpenRegistry>,
): boolean {
  if (instance.source !== 'registry' || !registry.ok) return false
  const { ownRegistry } = registry.value
  return isFirstParty(policy, instance.name, instance.version, (name) =>
    ownRegistry(name, instance.addressed),
  )
}
