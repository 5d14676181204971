/** Lets a package that is not installed be judged by what would be installed, in the same way as by its folder. */
import type { PackageInstance } from '#model/inventory'
import { fail, ok } from '#model/outcome'
import type { Failure, Outcome } from '#model/outcome'
import { packageId } from '#model/package-id'
import type { Policy } from '#model/policy'
import type { RunRequest } from '#model/run-request'
import { clarifiedNames } from './evidence-on-disk.ts'
import { confirmsBundle } from './hear-registry.ts'
import type { LocalPackage } from './local-package.ts'
import type { PlannedPlaces } from './left-out.ts'
import type { PackageGroup } from './packages.ts'
import type { PackageContents } from './found-tarball.ts'
import type { ReadTarball } from './tarball-reader.ts'
import type { OpenRegistry, World } from './world.ts'

/** A package with what its witnesses are read from. */
export interface HeldPackage {
  group: PackageGroup
  witnesses: Pick<World, 'texts' | 'hashFile'>
  /** Where claims of it come from. */
  contents: 'node_modules' | 'tarball'
}

/** Where packages that are not installed are read. */
export interface Holding {
  request: Pick<RunRequest, 'texts'> & { policy: Pick<Policy, 'licenses'> }
  registry: Outcome<Pick<OpenRegistry, 'readTarball'> & { client: Pick<OpenRegistry['client'], 'manifest'> }>
  onDisk: Pick<World, 'texts' | 'hashFile' | 'readLocal'>
  places: PlannedPlaces
}

/** What an instance is read from: a tarball, or a folder of the project. */
type Found = PackageContents | Extract<LocalPackage, { folder: string }>

/**
 * The package as if it had been installed: by its tarball, by that of the package that carries it, or by what the project
 * itself has of it. Those that only some systems install keep the registry as their only witness unless `texts` is `all`;
 * whatever else cannot be read makes the package incomplete.
 */
export async function holdContents(group: PackageGroup, holding: Holding): Promise<HeldPackage> {
  const { request, onDisk } = holding
  const found = new Map<string, Found>()
  const asked = clarifiedNames(group, request.policy)
  const hold = async (listed: PackageInstance): Promise<PackageInstance> => {
    if (isInProject(listed)) return listed
    const { instance, carried } = await placed(listed, holding)
    if (!instance.installed && request.texts !== 'all') return instance
    const read = request.texts === 'none' ? notRead(instance) : await readContents(instance, carried, asked)
    if (!read.ok) return { ...instance, installed: true, unreadable: read.failure }
    found.set(instance.location, read.value)
    return { ...instance, installed: true, declared: read.value.declared }
  }

  async function readContents(
    instance: PackageInstance,
    carried: Outcome<Carried | undefined>,
    files: readonly string[],
  ): Promise<Outcome<Found>> {
    const { source, resolved, unreadable } = instance
    if (!carried.ok) return carried
    const isLocal = source === 'file' && resolved !== undefined
    const isAsked = source === 'registry' || source === 'url' || carried.value !== undefined
    if (!isLocal && !isAsked) return { ok: false, failure: unreadable ?? beyondReach(instance) }
    const read = isLocal
      ? await onDisk.readLocal(instance, files)
      : await readTarball({ ...instance, ...(carried.value && { within: carried.value }) }, files)
    if (!read.ok || 'folder' in read.value) return read
    const failure = strangeIn(read.value, instance, holding.places)
    return failure === undefined ? read : { ok: false, failure }
  }

  function readTarball(...question: Parameters<ReadTarball>): ReturnType<ReadTarball> {
    const { registry } = holding
    return registry.ok ? registry.value.readTarball(...question) : Promise.resolve(registry)
  }

  const instances = await Promise.all(group.instances.map(hold))
  /** Where on disk an instance lies, if it does. */
  const folderOf = (instance: PackageInstance): PackageInstance | undefined => {
    const held = found.get(instance.location)
    if (held !== undefined && 'folder' in held) return { ...instance, location: held.folder }
    return isInProject(instance) ? instance : undefined
  }
  const contentsOf = ({ location }: PackageInstance): PackageContents | undefined => {
    const held = found.get(location)
    return held === undefined || 'folder' in held ? undefined : held
  }
  const isOnDisk = group.source === 'link' || instances.every((instance) => folderOf(instance) !== undefined)
  return {
    contents: isOnDisk ? 'node_modules' : 'tarball',
    group: { ...group, instances, installed: instances.some(({ installed }) => installed) },
    witnesses: {
      texts: {
        ...onDisk.texts,
        files(instance, hints) {
          const folder = folderOf(instance)
          return folder ? onDisk.texts.files(folder, hints) : (contentsOf(instance)?.files ?? [])
        },
      },
      hashFile(instance, file) {
        const folder = folderOf(instance)
        if (folder) return onDisk.hashFile(folder, file)
        const hash = contentsOf(instance)?.hashes.get(file)
        return hash ?? { ok: false, failure: instance.unreadable ?? beyondReach(instance) }
      },
    },
  }
}

/** The tarball that a package lies in, and where. */
interface Carried {
  carrier: PackageInstance
  place: string
}

/**
 * Where a package that is said to be carried lies, if the registry says that its carrier carries packages. One that is asked
 * for by name, because some systems leave it out, is like any other if the registry does not.
 */
async function placed(
  listed: PackageInstance,
  { registry, places: { instanceAt } }: Holding,
): Promise<{ instance: PackageInstance; carried: Outcome<Carried | undefined> }> {
  const { carrier, ...instance } = listed
  if (carrier === undefined) return { instance, carried: ok(undefined) }
  const carries = registry.ok ? await confirmsBundle(registry.value.client, carrier) : registry
  if (carries.ok && carries.value) {
    const place = carriedPlace(listed, carrier, instanceAt)
    return { instance: listed, carried: place === undefined ? notThere(listed) : ok(place) }
  }
  if (listed.source === 'registry') return { instance, carried: ok(undefined) }
  return { instance: listed, carried: carries.ok ? notConfirmed(listed, carrier) : carries }
}

/**
 * What npm would install below a package by its tarball, and the lockfile lists in no such way: nobody would judge it. And
 * what the package needs by its own word and not by the lockfile's.
 */
function strangeIn(
  { brings, needs }: PackageContents,
  instance: PackageInstance,
  { instanceAt, leftOut }: PlannedPlaces,
): Failure | undefined {
  const id = idOf(instance)
  const secret = leftOut(instance, needs)
  if (secret !== undefined)
    return fail(
      'tarball-mismatch',
      `${id} needs ${idOf(secret)} by its package.json, which the lockfile does not list as such: it would be judged as if fewer needed it.`,
      {
        fix: `Remove the entry of ${id} from the lockfile and have it written anew with \`npm install --package-lock-only\`.`,
      },
    ).failure
  if (brings === 'unknown')
    return fail(
      'tarball-unreadable',
      `The tarball of ${id} brings more packages along than can be looked at, or an npm-shrinkwrap.json that cannot be read.`,
      { fix: INSTALL },
    ).failure
  const strange = brings.find(({ place, locked }) => {
    const found = instanceAt(`${instance.location}/${place}`)
    if (found === undefined) return true
    // Without a hash npm takes whatever lies at the address that is written there.
    return (
      locked !== undefined &&
      (idOf(found) !== locked.id || locked.integrity === '' || found.integrity !== locked.integrity)
    )
  })
  if (strange === undefined) return undefined
  const what =
    strange.locked === undefined
      ? `carries ${strange.place}, which the lockfile does not list`
      : `has an npm-shrinkwrap.json by which npm installs ${strange.locked.id} in ${strange.place}, which the lockfile does not list like that`
  return fail('tarball-mismatch', `The tarball of ${id} ${what}.`, {
    fix: `Bring the lockfile up to date with \`npm install --package-lock-only\`. If it stays as it is: ${INSTALL.replace('Install', 'install')}`,
  }).failure
}

function carriedPlace(
  { location }: PackageInstance,
  { name, version }: NonNullable<PackageInstance['carrier']>,
  instanceAt: PlannedPlaces['instanceAt'],
): Carried | undefined {
  let above = location
  for (let at = above.lastIndexOf(INSIDE); at > 0; at = above.lastIndexOf(INSIDE)) {
    above = location.slice(0, at)
    const carrier = instanceAt(above)
    if (carrier?.source === 'registry' && carrier.name === name && carrier.version === version)
      return { carrier, place: location.slice(at + 1) }
  }
  return undefined
}

const INSIDE = '/node_modules/'

/** A folder of the project that a link leads to: it is there without any installation. */
function isInProject({ source, declared, unreadable }: PackageInstance): boolean {
  return source === 'link' && declared !== undefined && unreadable === undefined
}

function notRead(instance: PackageInstance): Outcome<never> {
  return fail('not-read', `${idOf(instance)} has one witness only: no tarball was read`, {
    fix: 'Run without --no-texts, or judge an installed tree.',
  })
}

function notConfirmed(
  instance: PackageInstance,
  { name, version }: NonNullable<PackageInstance['carrier']>,
): Outcome<never> {
  return fail(
    'tarball-mismatch',
    `The lockfile says that ${idOf(instance)} comes inside the tarball of ${packageId(name, version)}, of which the registry says no such thing.`,
    { fix: 'Write the lockfile anew with `npm install --package-lock-only`.' },
  )
}

function notThere(instance: PackageInstance): Outcome<never> {
  return fail('not-installed', `${idOf(instance)} lies in no tarball that the lockfile lists.`, {
    fix: INSTALL,
  })
}

const INSTALL =
  'Install with `npm ci --ignore-scripts` on a branch that you trust, and judge the installed tree with `depgate check`.'

function beyondReach(instance: PackageInstance): Failure {
  const { source } = instance
  if (source === 'git') {
    return fail(
      'not-installed',
      `${idOf(instance)} comes from a git repository, whose content no lockfile has a hash of: only an installed copy can be read`,
      {
        fix: `Use a published version. Or: ${INSTALL.replace('Install', 'install')} Clarifications and exceptions count there.`,
      },
    ).failure
  }
  return fail(
    'not-installed',
    `${idOf(instance)} comes from a ${source} dependency: only an installed copy can be read`,
    { fix: INSTALL },
  ).failure
}

function idOf({ name, version }: PackageInstance): string {
  return packageId(name, version)
}
