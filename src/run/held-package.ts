/** Lets a package that is not installed be judged by its tarball, in the same way as by its folder. */
import type { PackageInstance } from '#model/inventory'
import { fail } from '#model/outcome'
import type { Failure, Outcome } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { RunRequest } from '#model/run-request'
import { clarifiedNames } from './evidence-on-disk.ts'
import type { PackageGroup } from './packages.ts'
import type { PackageContents } from './tarball-reader.ts'
import type { OpenRegistry, World } from './world.ts'

/** A package with what its witnesses are read from. */
export interface HeldPackage {
  group: PackageGroup
  witnesses: Pick<World, 'texts' | 'hashFile'>
}

/**
 * The package as if its tarballs had been installed. Those that only some systems install keep the registry as their
 * only witness unless `texts` is `all`; whatever else cannot be read makes the package incomplete.
 */
export async function holdContents(
  group: PackageGroup,
  { texts, policy }: Pick<RunRequest, 'texts' | 'policy'>,
  registry: Outcome<Pick<OpenRegistry, 'readTarball'>>,
  onDisk: Pick<World, 'texts' | 'hashFile'>,
): Promise<HeldPackage> {
  const contents = new Map<string, PackageContents>()
  const asked = clarifiedNames(group, policy)
  const hold = async (instance: PackageInstance): Promise<PackageInstance> => {
    if (isInProject(instance) || (!instance.installed && texts !== 'all')) return instance
    const read = texts === 'none' ? notRead(instance) : await readContents(instance, registry, asked)
    if (!read.ok) return { ...instance, installed: true, unreadable: read.failure }
    contents.set(instance.location, read.value)
    return { ...instance, installed: true, declared: read.value.declared }
  }
  const instances = await Promise.all(group.instances.map(hold))
  return {
    group: { ...group, instances, installed: instances.some(({ installed }) => installed) },
    witnesses: {
      texts: {
        ...onDisk.texts,
        files: (instance, hints) => {
          if (isInProject(instance)) return onDisk.texts.files(instance, hints)
          return contents.get(instance.location)?.files ?? []
        },
      },
      hashFile: (instance, file) => {
        if (isInProject(instance)) return onDisk.hashFile(instance, file)
        const held = contents.get(instance.location)
        return held?.hashes.get(file) ?? { ok: false, failure: instance.unreadable ?? beyondReach(instance) }
      },
    },
  }
}

/** A folder of the project that a link leads to: it is there without any installation. */
function isInProject({ source, declared, unreadable }: PackageInstance): boolean {
  return source === 'link' && declared !== undefined && unreadable === undefined
}

async function readContents(
  instance: PackageInstance,
  registry: Outcome<Pick<OpenRegistry, 'readTarball'>>,
  asked: readonly string[],
): Promise<Outcome<PackageContents>> {
  if (instance.source !== 'registry')
    return { ok: false, failure: instance.unreadable ?? beyondReach(instance) }
  return registry.ok ? registry.value.readTarball(instance, asked) : registry
}

function notRead(instance: PackageInstance): Outcome<never> {
  return fail('not-read', `${idOf(instance)} has one witness only: no tarball was read`, {
    fix: 'Run without --no-texts, or judge an installed tree.',
  })
}

function beyondReach(instance: PackageInstance): Failure {
  const { carrier, source } = instance
  const why = carrier
    ? `comes inside the tarball of ${packageId(carrier.name, carrier.version)}`
    : `comes from a ${source} dependency`
  return fail('not-installed', `${idOf(instance)} ${why}: only an installed copy can be read`, {
    fix: 'Install with `npm ci --ignore-scripts`, and judge the installed tree.',
  }).failure
}

function idOf({ name, version }: PackageInstance): string {
  return packageId(name, version)
}
