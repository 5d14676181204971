/** Reads the licence files of installed copies for a person: what each is by its words, and how it differs from what. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isInsidePackage } from '#collectors/file-hash'
import { isReadme, readLicenseFiles } from '#collectors/license-files'
import type { LicenseFile } from '#collectors/license-files'
import { compareWithKnown } from '#license/compare-text'
import { loadTextIndex } from '#license/text/index-file'
import { readText } from '#license/text/read-text'
import { licenseSection } from '#license/text/sections'
import { likeness } from '#model/likeness'
import { namesOf } from '#reporters/claim-text'
import type { FileReading } from '#reporters/license-reading'
import { openDisk } from '#disk/disk'
import { UNREAD } from '#disk/safe-read'

/** Below this a comparison would only list the whole file. */
const MIN_SCORE = 0.4
/** Lines shown of a file that is like no known text. */
const EXCERPT = 25

/** The licence files of a copy, or those of these names. */
export function filesOf(project: string, location: string, names: readonly string[]): LicenseFile[] {
  if (names.length > 0) return names.map((file) => namedFile(project, location, file))
  // A README that does not speak of a licence is no file that anything could be read in.
  return readLicenseFiles(openDisk(project), project, location, { readme: true }).filter(
    (found) =>
      !isReadme(found.file) || !('bytes' in found) || licenseSection(textOf(found.bytes)) !== undefined,
  )
}

function namedFile(project: string, location: string, file: string): LicenseFile {
  const role = 'package'
  const disk = openDisk(project)
  if (!isInsidePackage(disk, project, location, file))
    return { file, role, unread: 'missing or outside the package' }
  const read = disk.file(join(project, location, file))
  if (!read.ok) return { file, role, unread: UNREAD[read.reason] }
  return { file, role, bytes: read.bytes, sha256: createHash('sha256').update(read.bytes).digest('hex') }
}

/** Reads files; the known texts are unpacked once. */
export function createFileReader(): (file: LicenseFile) => FileReading {
  const index = loadTextIndex()
  return (found) => {
    const { file, role } = found
    if ('unread' in found) return { file, role, is: `could not be read: it is ${found.unread}` }
    const whole = textOf(found.bytes)
    const base = { file, role, sha256: found.sha256 }
    const speaksAsReadme = role === 'package' && isReadme(file)
    const { own, bundled } = readText(
      whole,
      speaksAsReadme ? 'readme' : role === 'bundled' ? role : 'package',
      index,
    )
    const raw = speaksAsReadme ? (licenseSection(whole) ?? whole) : whole
    if (own === undefined) {
      const named = bundled?.map((ids) => ids.join(' or ')) ?? []
      const is = named.length === 0 ? 'holds no known licence text' : `holds the texts of ${named.join(', ')}`
      return { ...base, is, ...(role === 'package' && { excerpt: excerptOf(raw) }) }
    }
    if (own.licenses.length > 0) {
      return {
        ...base,
        is: `is the text of ${own.licenses.map((ids) => ids.join(' or ')).join(own.choice ? ', or of ' : ', and of ')}`,
      }
    }
    const { nearest, mentions } = own
    if (mentions !== undefined) {
      const names = namesOf(own)
      const named = names.length === 0 ? '' : `; it names ${names.join(', ')}`
      return { ...base, is: `is no licence text${named}`, excerpt: excerptOf(raw) }
    }
    const differences =
      nearest === undefined || nearest.score < MIN_SCORE
        ? undefined
        : compareWithKnown(raw, nearest.id, index)
    if (nearest === undefined || differences === undefined) {
      return { ...base, is: 'is like no known licence text', excerpt: excerptOf(raw) }
    }
    // Never rounded up: 100 % would be the text itself.
    return {
      ...base,
      is: `is no known text; nearest is ${nearest.id}, ${likeness(nearest.score)} alike`,
      nearest: { id: nearest.id, differences },
    }
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

function excerptOf(raw: string): string[] {
  const lines = raw
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  return lines.length <= EXCERPT
    ? lines
    : [...lines.slice(0, EXCERPT), `… ${lines.length - EXCERPT} more lines`]
}
