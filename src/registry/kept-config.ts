/** Reads npm's configuration, or takes what an earlier run made of the same files: npm's own program is slow to load. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { cacheKey } from '#cache/key'
import { readSealedFile, writeSealedFile } from '#cache/sealed-files'
import type { SealedFolder } from '#cache/sealed-files'
import { openDisk } from '#disk/disk'
import type { Looks } from '#disk/disk'
import { lookAgain } from '#disk/look-again'
import { pathOf, readLook } from '#disk/look'
import type { FileBytes } from '#disk/safe-read'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { readRegistryConfig } from './npmrc.ts'
import type { NpmrcPlaces } from './npmrc.ts'
import type { RegistryConfig } from './registry-config.ts'

/** Raised whenever older records must not be read any more. */
const SCHEMA = 1

/** Where configurations are kept, and what they rest on besides the places. */
export interface ConfigKeeping {
  folder: SealedFolder
  /** Digest of the environment as far as npm's configuration is made of it. */
  environment: string
  /** Absolute path of the file that names depgate's build by what it holds. */
  stamp: string
  /** The current folder: relative paths in the configuration begin there. */
  cwd: string
  /** Epoch milliseconds. */
  now: number
}

/**
 * As {@link readRegistryConfig}, but without npm's program where the same files have been read before. Nothing that
 * holds a secret is kept, nor what depends on more than those files and the environment; every doubt is a miss.
 */
export async function knownRegistryConfig(
  places: NpmrcPlaces,
  keeping: ConfigKeeping,
): Promise<Outcome<RegistryConfig>> {
  const program = isPlain(places.env) ? programDigest(keeping.stamp) : undefined
  if (program === undefined) return readRegistryConfig(places)
  const key = keyOf(places, keeping)
  const kept = await recallConfig(places, keeping, key, program)
  if (kept !== undefined) return ok(kept)
  const read = await readWatched(places)
  if (read.kept === undefined) return read.outcome
  // npm has read the files before they were looked at: the same again, read between two looks, is proof.
  const again = await readWatched({ ...places, disk: openDisk(places.project) })
  if (JSON.stringify(again.kept) === JSON.stringify(read.kept)) {
    const body = Buffer.from(JSON.stringify({ program, ...read.kept }))
    await writeSealedFile(keeping.folder, key, { body, storedAt: keeping.now })
  }
  return read.outcome
}

/** A configuration, and from which looks it followed. */
interface Kept {
  npmrc: Looks
  /** Files with certificates; a run does not rest on them, but the configuration holds what they hold. */
  certificates: Looks
  config: RegistryConfig
}

async function recallConfig(
  { project, disk }: NpmrcPlaces,
  { folder, now }: ConfigKeeping,
  key: string,
  program: string,
): Promise<RegistryConfig | undefined> {
  const record = await readSealedFile(folder, key, now)
  if (record === undefined || record === 'rejected') return undefined
  const kept: unknown = JSON.parse(Buffer.from(record.body).toString('utf8'))
  if (!isKept(kept) || kept.program !== program) return undefined
  const { npmrc, certificates, config } = kept
  const holds = ({ looks, digest }: Looks): boolean => lookAgain(project, looks, () => true) === digest
  if (!holds(npmrc) || !holds(certificates)) return undefined
  // Whoever asked rests on these files as if they had been read for it.
  for (const spelt of npmrc.looks) {
    const parts = readLook(spelt)
    if (parts !== undefined) disk.linkedFile(pathOf(parts, project), parts.maxBytes)
  }
  return holds(npmrc) ? config : undefined
}

function isKept(value: unknown): value is Kept & { program: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['program', 'npmrc', 'certificates', 'config'].every((name) => Object.hasOwn(value, name))
  )
}

/** What in a file names a variable, or may spell one in another way. */
const DOUBTFUL = /\$\{|\\/
const EXPORTED = /^npm_config_/i

/** Whether the configuration in the environment refers to no other variable. */
function isPlain(env: NpmrcPlaces['env']): boolean {
  return Object.entries(env).every(
    ([name, value]) => !EXPORTED.test(name) || !`${name}=${value ?? ''}`.includes('${'),
  )
}

/** Reads it, and tells what there is to keep: nothing where looking at the files again would not tell all. */
async function readWatched(places: NpmrcPlaces): Promise<{ outcome: Outcome<RegistryConfig>; kept?: Kept }> {
  const { project, disk } = places
  const npmrc = openDisk(project)
  const certificates = openDisk(project)
  let isDoubtful = false
  const outcome = await readRegistryConfig({
    ...places,
    disk: {
      ...disk,
      linkedFile(path, maxBytes) {
        const read = npmrc.linkedFile(path, maxBytes)
        isDoubtful ||= read.ok ? DOUBTFUL.test(read.bytes.toString('utf8')) : isBlurred(read)
        return disk.linkedFile(path, maxBytes)
      },
    },
    onCertificates(file) {
      isDoubtful ||= isBlurred(certificates.linkedFile(file, MAX_CERTIFICATE_BYTES))
    },
  })
  if (!outcome.ok || isDoubtful || !isPublic(outcome.value)) return { outcome }
  return {
    outcome,
    kept: { npmrc: npmrc.looks(), certificates: certificates.looks(), config: outcome.value },
  }
}

/** Whether something else could be there without looking any different: a pipe, a device, a file that is too large. */
function isBlurred(read: FileBytes): boolean {
  return !read.ok && read.reason !== 'absent'
}

/** Nobody hands on more certificates than that. */
const MAX_CERTIFICATE_BYTES = 4 * 1024 * 1024

/** Whether nothing in a configuration could be a secret. */
function isPublic({ registry, scopes, credentials, ca = [], proxy }: RegistryConfig): boolean {
  const addresses = [registry, ...Object.values(scopes), proxy.configured, proxy.https, proxy.http]
  return (
    credentials.length === 0 &&
    !ca.some((certificate) => certificate.includes('PRIVATE KEY')) &&
    addresses.every((address) => address === undefined || !/[@?#]/.test(address))
  )
}

/** Digest of the build and of the versions of what reads npm's configuration; undefined where nobody knows them. */
function programDigest(stamp: string): string | undefined {
  const disk = openDisk(dirname(stamp))
  if (!disk.file(stamp).ok) return undefined
  const manifests = manifestsOfReaders()
  const areKnown = manifests.length > 0 && manifests.every((manifest) => disk.linkedFile(manifest).ok)
  return areKnown ? disk.looks().digest : undefined
}

/** The package.json of npm's configuration and of the two packages by which it understands files and types. */
function manifestsOfReaders(): string[] {
  try {
    const config = createRequire(import.meta.url).resolve(CONFIG)
    const { resolve } = createRequire(config)
    return [manifestOf(config, CONFIG), ...['ini', 'nopt'].map((name) => manifestOf(resolve(name), name))]
  } catch {
    return []
  }
}

const CONFIG = '@npmcli/config'

/** The package.json of a package, by another of its files. */
function manifestOf(file: string, name: string): string {
  const folder = join('node_modules', name)
  return join(file.slice(0, file.lastIndexOf(folder) + folder.length), 'package.json')
}

function keyOf(
  { project, home, execPath, npmRoot, trustProjectKeys }: NpmrcPlaces,
  { environment, cwd }: ConfigKeeping,
): string {
  return cacheKey(
    'npm-configuration',
    SCHEMA,
    JSON.stringify([project, home, execPath, npmRoot ?? null, cwd]),
    JSON.stringify(trustProjectKeys),
    environment,
    JSON.stringify([process.version, process.platform, process.arch]),
  )
}
