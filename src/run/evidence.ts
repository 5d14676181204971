/** Turns what registry and disk say of one package into claims and the facts a policy judges. */
import { normaliseLicense } from '#license/normalise'
import type { Claim, Witness } from '#model/claim'
import type { LicenseField } from '#model/inventory'
import type { Failure, Outcome } from '#model/outcome'
import type { PackageFacts } from '#policy/judge-package'
import type { ManifestAnswer } from '#registry/client'
import type { PackageGroup } from './packages.ts'

/** What was obtained for one package. */
export interface Evidence {
  /** The registry's answer; absent for a package that is never looked up by name. */
  registry: Outcome<ManifestAnswer> | undefined
  /** The registry that was asked, and its answer to the question for a publish time; only where a rule needs them. */
  origin?: Pick<PackageFacts, 'published' | 'registry'>
  /** Whether the lockfile's origin of a tarball is that of the package's registry; absent where no registry is asked. */
  isOwnOrigin?: (origin: string) => boolean
  /** What the licence files of the installed copies say. */
  texts: Claim[]
  clarifiedFiles: PackageFacts['clarifiedFiles']
  /** How it is used; only where a licence depends on it. */
  use?: NonNullable<PackageFacts['use']>
  /** Where `installed` and `text` were read. */
  contents: 'node_modules' | 'tarball'
  paths: string[][]
  lockfile: string | undefined
  /** ISO 8601 time of the run. */
  at: string
}

/** The facts of one package: a claim for each witness that was asked, and which witnesses must have been heard. */
export function packageFacts(group: PackageGroup, evidence: Evidence): PackageFacts {
  const expected: Witness[] = []
  const claims: Claim[] = []
  if (evidence.registry !== undefined) {
    expected.push('registry')
    claims.push(registryClaim(evidence.registry, evidence.at))
  }
  if (group.installed || evidence.registry === undefined) expected.push('installed')
  claims.push(...installedClaims(group, evidence), ...evidence.texts, ...hints(group, evidence.at))
  const line = group.instances.find((instance) => instance.line !== undefined)?.line
  return {
    id: group.id,
    name: group.name,
    version: group.version,
    source: group.source,
    installed: group.installed,
    kinds: group.kinds,
    workspaces: group.workspaces,
    paths: evidence.paths,
    claims,
    expected,
    integrity: {
      lockfile: distinct(group.instances.map((instance) => instance.integrity)),
      addressed: distinct(
        group.instances.map((instance) =>
          instance.addressed !== undefined ? (instance.integrity ?? '') : undefined,
        ),
      ),
      registry: evidence.registry?.ok === true ? evidence.registry.value.manifest.integrity : [],
      ...(evidence.lockfile !== undefined && lacksIntegrity(group, evidence) && { missing: true as const }),
    },
    ...deprecation(evidence.registry),
    ...evidence.origin,
    ...strayAddresses(group, evidence),
    ...(evidence.use && { use: evidence.use }),
    clarifiedFiles: evidence.clarifiedFiles,
    textsRead: group.installed && group.instances.every(({ unreadable }) => unreadable === undefined),
    ...(evidence.lockfile !== undefined && {
      location: { file: evidence.lockfile, ...(line !== undefined && { line }) },
    }),
  }
}

/**
 * A copy that the lockfile lists without integrity: an installed one, or any where the lockfile is all there is. What a
 * tarball carries is never said to have one.
 */
function lacksIntegrity({ source, instances }: PackageGroup, { contents }: Evidence): boolean {
  if (source !== 'registry') return false
  return instances.some(({ installed, extraneous, line, integrity, carrier }) => {
    const isListed = contents === 'tarball' || (installed && (line !== undefined || !extraneous))
    return isListed && !integrity && carrier === undefined
  })
}

/** Where the lockfile fetches it although its registry names neither that host nor that path. */
function strayAddresses(
  { instances }: PackageGroup,
  { registry, isOwnOrigin = () => true }: Evidence,
): Pick<PackageFacts, 'strayOrigins' | 'strayTarballs'> {
  const tarball = registry?.ok === true ? registry.value.manifest.tarball : undefined
  const named = tarball !== undefined && URL.canParse(tarball) ? new URL(tarball) : undefined
  const origins = instances.filter(
    ({ addressed }) => addressed !== undefined && addressed !== named?.origin && !isOwnOrigin(addressed),
  )
  const tarballs = instances.filter(({ misaddressed }) => misaddressed !== named?.pathname)
  return {
    strayOrigins: distinct(origins.map(({ addressed }) => addressed)),
    strayTarballs: distinct(tarballs.map(({ misaddressed }) => misaddressed)),
  }
}

function deprecation(answer: Evidence['registry']): Pick<PackageFacts, 'deprecated'> {
  if (answer?.ok !== true || answer.value.manifest.deprecated === undefined) return {}
  return { deprecated: { text: answer.value.manifest.deprecated, at: answer.value.at } }
}

function registryClaim(answer: Outcome<ManifestAnswer>, at: string): Claim {
  if (!answer.ok) return { witness: 'registry', at, from: 'network', failure: brief(answer.failure) }
  const { manifest, from, staleMs } = answer.value
  return {
    witness: 'registry',
    ...words(manifest.license),
    at: answer.value.at,
    from,
    ...(staleMs !== undefined && { staleMs }),
  }
}

/** One claim for each distinct wording on disk: copies of the same version may have been tampered with separately. */
function installedClaims(group: PackageGroup, { at, contents }: Evidence): Claim[] {
  const claims = new Map<string, Claim>()
  for (const instance of group.instances) {
    if (!instance.installed) continue
    const claim: Claim = {
      witness: 'installed',
      at,
      from: contents,
      ...(instance.unreadable === undefined
        ? words(instance.declared ?? {})
        : { failure: brief(instance.unreadable) }),
    }
    // What is meant counts too: `license` can stand alone in one copy and beside another `licenses` in the next.
    claims.set(JSON.stringify([claim.raw, claim.license, claim.reason, claim.failure]), claim)
  }
  return [...claims.values()]
}

/** What the lockfile notes: shown to people, and weighed by nobody. */
function hints({ instances }: PackageGroup, at: string): Claim[] {
  const notes = distinct(instances.map(({ noted }) => noted))
  return notes.map((license) => hint(license, at))
}

function hint(license: string, at: string): Claim {
  return { witness: 'lockfile', ...words({ license }), at, from: 'lockfile' }
}

/** What is typed, and what it means. Fields that differ are both shown: a baseline knows a package by what is typed. */
function words(field: LicenseField): Pick<Claim, 'raw' | 'license' | 'reason'> {
  const normalised = normaliseLicense(field)
  const { license = null, licenses = null } = field
  const isBoth = 'reason' in normalised && normalised.reason === 'contradictory' && license !== null
  const raw = isBoth && licenses !== null ? { license, licenses } : (field.license ?? field.licenses)
  return { ...(raw !== undefined && { raw }), ...normalised }
}

/** Without the details: the claims of thousands of packages may share one failure. */
function brief({ code, message, fix }: Failure): NonNullable<Claim['failure']> {
  return { code, message, ...(fix !== undefined && { fix }) }
}

function distinct(values: (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))]
}
