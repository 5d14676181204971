/** What lies on disk of one package: gathered once, and told apart from any other state of it by a digest. */
import { hash } from 'node:crypto'
import type { LicenseFile } from '#collectors/license-files'
import type { Inventory } from '#model/inventory'
import { fail } from '#model/outcome'
import { matchesSpec } from '#model/package-spec'
import type { Policy } from '#model/policy'
import type { PackageFacts } from '#policy/judge-package'
import type { PackageGroup } from './packages.ts'
import { licenseFiles } from './texts.ts'
import type { JudgedPackage, World } from './world.ts'

/** Everything that a judgement rests on besides the tree and what the registry says. */
export interface EvidenceOnDisk {
  /** Shortest paths of ids. */
  paths: string[][]
  /** Each distinct licence file of the installed copies. */
  files: LicenseFile[]
  clarifiedFiles: PackageFacts['clarifiedFiles']
}

/** Reads what lies on disk of a package. */
export function evidenceOnDisk(
  group: PackageGroup,
  paths: string[][],
  policy: Policy,
  world: Pick<World, 'texts' | 'hashFile'>,
): EvidenceOnDisk {
  return {
    paths,
    files: licenseFiles(group.instances, world.texts),
    clarifiedFiles: clarifiedFiles(group, policy, world),
  }
}

/**
 * sha256 of all that a judgement rests on but policy, date and the registry's answer, which hold for the run. The line
 * in the lockfile is left out: it moves with everything that stands above it.
 */
export function evidenceDigest(
  group: PackageGroup,
  { paths, files, clarifiedFiles: clarified }: EvidenceOnDisk,
  { lockfile }: Inventory,
  use?: PackageFacts['use'],
): string {
  const instances = group.instances.map(({ line: _line, ...instance }) => instance)
  const texts = files.map((file) => [file.file, file.role, 'sha256' in file ? file.sha256 : file.unread])
  const all = [{ ...group, instances }, paths, texts, clarified, lockfile ?? null, ...(use ? [use] : [])]
  return hash('sha256', JSON.stringify(all)).slice(0, DIGEST_LENGTH)
}

/** 128 bits: nobody makes two packages with one digest. */
const DIGEST_LENGTH = 32

/** An earlier judgement whose findings name the line where the package stands in the lockfile of today. */
export function atLine(kept: JudgedPackage, group: PackageGroup, { lockfile }: Inventory): JudgedPackage {
  const line = group.instances.find((instance) => instance.line !== undefined)?.line
  if (lockfile === undefined || kept.findings.length === 0) return kept
  const findings = kept.findings.map((finding) =>
    finding.location?.file === lockfile && finding.package === group.id
      ? { ...finding, location: { file: lockfile, ...(line !== undefined && { line }) } }
      : finding,
  )
  return { ...kept, findings }
}

/** The files that clarifications of a package name. */
export function clarifiedNames(
  { name, version }: Pick<PackageGroup, 'name' | 'version'>,
  { licenses }: Pick<Policy, 'licenses'>,
): string[] {
  const matching = licenses.clarify.filter((entry) => matchesSpec(entry.package, name, version))
  return [...new Set(matching.flatMap(({ files }) => files.map(({ file }) => file)))]
}

/** Hashes of the files that clarifications name, from every installed copy: each copy must be the one that was read. */
function clarifiedFiles(
  group: PackageGroup,
  policy: Policy,
  world: Pick<World, 'hashFile'>,
): PackageFacts['clarifiedFiles'] {
  return clarifiedNames(group, policy).flatMap((file) => {
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
