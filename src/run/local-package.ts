/** Reads a package that lies in the project itself, as a tarball or a folder that the lockfile names with `file:`. */
import { isAbsolute, join, posix } from 'node:path'
import { isRecord, parseJsonText } from '#collectors/json-text'
import { manifestFields } from '#collectors/manifest-fields'
import { sameVersion } from '#collectors/same-version'
import type { DiskReader } from '#disk/disk'
import { UNREAD } from '#disk/safe-read'
import type { LicenseField, PackageInstance } from '#model/inventory'
import type { Failure, Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { packageId } from '#model/package-id'
import { splitIntegrity, strongestOf } from '#registry/integrity'
import { tarballReader } from '#registry/tarball-stream'
import { contentsSink } from './package-contents.ts'
import { contentsOf } from './found-tarball.ts'
import type { PackageContents } from './found-tarball.ts'

/** What the project has of a package: what its tarball says, or the folder it lies in, below the project. */
export type LocalPackage = PackageContents | { folder: string; declared: LicenseField }

/** Where to look, and until when. */
export interface LocalPlace {
  disk: DiskReader
  /** Absolute path of the project. */
  project: string
  signal: AbortSignal
  /** Of the run, in epoch milliseconds. */
  now: number
}

/** Largest tarball of a project that is read: it is in memory as a whole. */
const MAX_BYTES = 64 * 1024 * 1024
const CHUNK_BYTES = 64 * 1024

/**
 * Reads it; `asked` are paths inside the package whose hashes are wanted. Never leaves the project and follows no link; a tarball
 * has to have the integrity that the lockfile names. Fails with `outside-project`, `not-installed`, `no-integrity`,
 * `integrity-mismatch`, `tarball-unreadable`, `tarball-mismatch`, `package-json-unreadable` or `deadline`.
 */
export async function readLocalPackage(
  instance: PackageInstance,
  asked: readonly string[],
  { disk, project, signal, now }: LocalPlace,
): Promise<Outcome<LocalPackage>> {
  const id = packageId(instance.name, instance.version)
  const place = placeOf(instance.resolved ?? '')
  const root = disk.realPath(project) ?? project
  if (place === undefined) return elsewhere(id)
  const path = join(project, place)
  const real = disk.realPath(path)
  if (real === undefined) {
    return fail('not-installed', `${id} comes from ${place}, which is not there.`, {
      fix: 'Commit it, or depend on a published version.',
    })
  }
  if (real !== join(root, place)) return elsewhere(id)
  if (disk.kind(path) === 'folder') return folderOf(instance, disk, { project, place })
  const read = disk.file(path, MAX_BYTES)
  if (!read.ok) {
    const why = read.reason === 'too-large' ? 'larger than 64 MiB' : UNREAD[read.reason]
    return fail('tarball-unreadable', `${id} comes from ${place}, which is ${why}.`, {
      fix: 'Depend on a published version.',
    })
  }
  const expected = strongestOf(splitIntegrity(instance.integrity ?? ''))
  if (expected === undefined) {
    return fail(
      'no-integrity',
      `Nothing says which tarball of ${id} is meant: the lockfile has no integrity.`,
      {
        fix: 'Run npm install with a current npm, which writes integrity into the lockfile.',
      },
    )
  }
  const reader = tarballReader(id, expected, () => contentsSink(asked))
  try {
    const found = await reader.read(chunksOf(read.bytes), 'identity', (task) => task(), signal)
    if (found === undefined) return fail('tarball-unreadable', `The tarball of ${id} could not be read.`)
    if (!found.ok) return found
    const { value: record, integrity } = found.value
    return contentsOf(instance.name, instance.version, {
      record,
      integrity,
      at: new Date(now).toISOString(),
      from: 'disk',
    })
  } catch {
    // What may throw besides our own mistakes is the signal.
    if (!signal.aborted) throw new Error(`the tarball at ${place} could not be read`)
    return fail('deadline', `The time was over before the tarball of ${id} was read.`, {
      fix: 'Raise --deadline.',
    })
  }
}

/** A place below the project, as the lockfile writes it; undefined for any other. */
function placeOf(resolved: string): string | undefined {
  const said = /^file:(.+)$/.exec(resolved)?.[1]?.replaceAll('%23', '#')
  if (said === undefined || said.includes('\\') || said.includes('\0') || isAbsolute(said)) return undefined
  const place = posix.normalize(said).replace(/\/$/, '')
  return place === '.' || place === '..' || place.startsWith('../') ? undefined : place
}

function folderOf(
  { name, version }: PackageInstance,
  disk: DiskReader,
  { project, place }: { project: string; place: string },
): Outcome<LocalPackage> {
  const id = packageId(name, version)
  const unreadable = (why: string): { ok: false; failure: Failure } =>
    fail('package-json-unreadable', `${id} comes from the folder ${place}, whose package.json ${why}.`, {
      fix: `Correct ${place}/package.json, then run npm install.`,
    })
  const read = disk.file(join(project, place, 'package.json'))
  if (!read.ok) return unreadable(`is ${UNREAD[read.reason]}`)
  const parsed = parseJsonText(read.bytes.toString('utf8'))
  if (!parsed.ok || !isRecord(parsed.value)) return unreadable('is not a JSON object')
  const manifest = manifestFields(parsed.value, false)
  if (manifest.name !== name || !sameVersion(manifest.version ?? '', version))
    return unreadable('is of another package or version')
  return ok({ folder: place, declared: manifest.license })
}

function elsewhere(id: string): Outcome<never> {
  return fail(
    'outside-project',
    `${id} comes from a path that leads outside the project; it is not followed.`,
    {
      fix: 'Depend on a published version, or move it into the project.',
    },
  )
}

/** In parts, so that the signal is asked in between. */
async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    yield Promise.resolve(bytes.subarray(at, at + CHUNK_BYTES))
  }
}
