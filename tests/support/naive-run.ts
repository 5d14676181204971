/**
 * The same question answered in the plainest way: one file after another, one request after another, nothing kept.
 * Of the product it uses only what reads the policy, a licence field or a licence text, and judges; collecting, asking, caching,
 * threads and deadlines are what it is there to check.
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readLicenseFiles } from '#collectors/license-files'
import { loadPolicy } from '#config/load'
import { loadTextIndex } from '#license/text/index-file'
import { readText } from '#license/text/read-text'
import { normaliseLicense } from '#license/normalise'
import type { Claim, ConclusionType, Witness } from '#model/claim'
import type { Verdict } from '#model/finding'
import type { DependencyKind, LicenseField, PackageInstance, SourceType } from '#model/inventory'
import type { Failure } from '#model/outcome'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts } from '#policy/judge-package'
import { licenseFiles, textClaims } from '../../src/run/texts.ts'
import type { TextSource } from '../../src/run/texts.ts'
import { openDisk } from '#disk/disk'

const index = loadTextIndex()

/** What the plain way makes of one package. */
export interface NaiveVerdict {
  /** `name@version`. */
  id: string
  source: SourceType
  installed: boolean
  verdict: Verdict
  license: string | null
  conclusion: ConclusionType
}

/** The fields of a package.json, or of an entry of the lockfile, that are looked at. */
interface Fields extends LicenseField {
  name?: string
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  optional?: boolean
  inBundle?: boolean
  bundleDependencies?: unknown
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

type Tree = Record<string, Fields>

/** One version from one source, with all places where it lies. */
interface Package {
  id: string
  name: string
  version: string
  source: SourceType
  places: string[]
  kinds: Set<DependencyKind>
}

/** Judges an npm project with a lockfile; sorted by id, then source. `registry` ends with `/`. */
export async function naiveRun(project: string, registry: string, now: number): Promise<NaiveVerdict[]> {
  const loaded = loadPolicy({ project })
  if (!loaded.ok) throw new Error(loaded.message)
  const tree = readTree(project)
  const judge = createJudge(loaded.policy, now)
  const verdicts: NaiveVerdict[] = []
  for (const entry of packagesOf(project, tree)) {
    const installed = entry.places.filter((place) => existsSync(join(project, place, 'package.json')))
    const claims = installed.map((place) => claimOf('installed', readFields(project, place), now))
    const asked = (await isForRegistry(registry, entry, tree)) ? await ask(registry, entry) : undefined
    if (asked)
      claims.push(asked.failure ? unheard(asked.failure, now) : claimOf('registry', asked.manifest, now))
    claims.push(...(await textsOf(project, installed, now)))
    const clarified = loaded.policy.licenses.clarify.filter(({ package: { name } }) => name === entry.name)
    const facts: PackageFacts = {
      id: entry.id,
      name: entry.name,
      version: entry.version,
      source: entry.source,
      installed: installed.length > 0,
      kinds: [...entry.kinds],
      workspaces: [],
      paths: [],
      claims,
      expected: [
        ...(asked ? ['registry' as const] : []),
        ...(installed.length > 0 ? ['installed' as const] : []),
      ],
      integrity: {
        lockfile: entry.places.flatMap((place) => tree[place]?.integrity ?? []),
        registry: asked?.integrity ?? [],
      },
      clarifiedFiles: clarified
        .flatMap(({ files }) => files)
        .flatMap(({ file }) =>
          installed.map((place) => ({ file, sha256: sha256(readFileSync(join(project, place, file))) })),
        ),
    }
    const { verdict, license, conclusion } = judge(facts)
    verdicts.push({
      id: entry.id,
      source: entry.source,
      installed: facts.installed,
      verdict,
      license,
      conclusion,
    })
  }
  return verdicts.toSorted((a, b) => compare(a.id, b.id) || compare(a.source, b.source))
}

/** The lockfile's entries; where a package is installed its own package.json says what it depends on. */
function readTree(project: string): Tree {
  const { packages } = JSON.parse(readFileSync(join(project, 'package-lock.json'), 'utf8')) as {
    packages: Tree
  }
  for (const [place, entry] of Object.entries(packages)) {
    if (entry.link === true || !existsSync(join(project, place, 'package.json'))) continue
    const { dependencies, devDependencies, optionalDependencies, peerDependencies } = readFields(
      project,
      place,
    )
    Object.assign(entry, { dependencies, devDependencies, optionalDependencies, peerDependencies })
  }
  return packages
}

function packagesOf(project: string, tree: Tree): Package[] {
  const kinds = kindsOf(tree)
  const packages = new Map<string, Package>()
  for (const [place, entry] of Object.entries(tree)) {
    const [, folder] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place) ?? []
    if (folder === undefined || entry.link === true) continue
    // Only what is optional may be missing, and then only where this platform leaves it out.
    if (entry.optional !== true && !existsSync(join(project, place, 'package.json'))) continue
    const { name = folder, version = '' } = entry
    const id = `${name}@${version}`
    const source = sourceOf(entry)
    const key = `${id} ${source}`
    const known = packages.get(key) ?? { id, name, version, source, places: [], kinds: new Set() }
    known.places.push(place)
    for (const kind of kinds.get(place) ?? []) known.kinds.add(kind)
    packages.set(key, known)
  }
  return [...packages.values()]
}

function sourceOf({ inBundle, resolved = '' }: Fields): SourceType {
  if (inBundle === true) return 'bundled'
  if (/^git[+:@]/.test(resolved)) return 'git'
  return resolved.startsWith('file:') ? 'file' : 'registry'
}

/** How each place is reached from the project's own packages, by Node's look-up rule. */
function kindsOf(tree: Tree): Map<string, Set<DependencyKind>> {
  const reached = new Map<string, Set<DependencyKind>>()
  const open: [place: string, kind: DependencyKind][] = []
  const follow = (from: string, names: Record<string, string> | undefined, kind: DependencyKind): void => {
    for (const name of Object.keys(names ?? {})) {
      const place = find(tree, from, name)
      if (place === undefined || reached.get(place)?.has(kind) === true) continue
      reached.set(place, (reached.get(place) ?? new Set()).add(kind))
      open.push([place, kind])
    }
  }
  const own = Object.entries(tree).filter(
    ([place, entry]) => !place.includes('node_modules/') && entry.link !== true,
  )
  for (const [place, entry] of own) {
    follow(place, entry.dependencies, 'production')
    follow(place, entry.devDependencies, 'dev')
    follow(place, entry.optionalDependencies, 'optional')
    follow(place, entry.peerDependencies, 'peer')
  }
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [place, kind] = next
    const entry = tree[place]
    const begins = kind === 'production'
    follow(place, entry?.dependencies, kind)
    follow(place, entry?.optionalDependencies, begins ? 'optional' : kind)
    follow(place, entry?.peerDependencies, begins ? 'peer' : kind)
  }
  return reached
}

/** The nearest `node_modules/<name>` on the way up, through a link to where it leads. */
function find(tree: Tree, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    const entry = tree[place]
    if (entry) return entry.link === true ? entry.resolved : place
    if (folder === '') return undefined
  }
}

/** Whether the registry is the one to ask: not for what lies in a tarball that, as the registry says, carries packages. */
async function isForRegistry(registry: string, entry: Package, tree: Tree): Promise<boolean> {
  if (entry.source !== 'bundled') return entry.source === 'registry'
  for (const place of entry.places) {
    const carrier = place.slice(0, place.indexOf('/node_modules/', 'node_modules/'.length))
    const [, folder = ''] = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(carrier) ?? []
    const { name = folder, version = '' } = tree[carrier] ?? {}
    const { manifest } = await ask(registry, { name, version })
    if (manifest?.bundleDependencies === undefined) return true
  }
  return false
}

/** Asks for one version; no retry, no limit, no check of anything but the status. */
async function ask(registry: string, { name, version }: Pick<Package, 'name' | 'version'>) {
  const response = await fetch(`${registry}${name.replace('/', '%2f')}/${version}`)
  const body = await response.text()
  if (response.status !== 200) {
    const code = response.status === 404 ? 'not-found' : 'unexpected-status'
    return { failure: { code, message: `${response.status}` } satisfies Failure }
  }
  const manifest = JSON.parse(body) as Fields & { dist?: { integrity?: string } }
  return { manifest, integrity: manifest.dist?.integrity === undefined ? [] : [manifest.dist.integrity] }
}

function claimOf(witness: Witness, { license, licenses }: LicenseField, now: number): Claim {
  const normalised = normaliseLicense({ license, licenses })
  const said = 'license' in normalised ? { license: normalised.license } : { reason: normalised.reason }
  const from = witness === 'registry' ? 'network' : 'node_modules'
  return { witness, raw: license ?? licenses, ...said, at: new Date(now).toISOString(), from }
}

/** What the licence files say, each copy by itself and nothing remembered. */
function textsOf(project: string, places: string[], now: number): Promise<Claim[]> {
  const instances = places.map((location): PackageInstance => {
    const { license, licenses } = readFields(project, location)
    const declared = {
      ...(license !== undefined && { license }),
      ...(licenses !== undefined && { licenses }),
    }
    return {
      location,
      name: '',
      version: '',
      source: 'registry',
      installed: true,
      extraneous: false,
      kinds: [],
      workspaces: [],
      declared,
    }
  })
  const source: TextSource = {
    files: ({ location }, hints) => readLicenseFiles(openDisk(project), project, location, hints),
    read: ({ bytes }, kind) => Promise.resolve(readText(Buffer.from(bytes).toString('utf8'), kind, index)),
  }
  return textClaims(licenseFiles(instances, source), source, { at: new Date(now).toISOString() })
}

function unheard(failure: Failure, now: number): Claim {
  return { witness: 'registry', failure, at: new Date(now).toISOString(), from: 'network' }
}

function readFields(project: string, place: string): Fields {
  return JSON.parse(readFileSync(join(project, place, 'package.json'), 'utf8')) as Fields
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
