/** Asks everybody who knows of vulnerabilities about the packages of a run, and says plainly of which nobody could be asked. */
import { readBulkEntry } from '#advisories/bulk-entry'
import type { Advisory } from '#advisories/advisory'
import { describeVulnerability, findVulnerabilities } from '#advisories/match'
import type { AskedPackage } from '#advisories/match'
import type { AdvisoryReport } from '#model/audit'
import type { Finding } from '#model/finding'
import type { Outcome } from '#model/outcome'
import type { PackageReport } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { judgeAdvisories } from '#policy/judge-advisories'
import type { AdvisoryAnswer } from '#registry/advisories'
import type { RegistryClient } from '#registry/client'
import { readOsv } from './osv-run.ts'
import type { CacheRecords } from './world.ts'

type SourceReport = AdvisoryReport['sources'][number]

/** What is looked at and asked: a part of what an audit has. */
export interface AdvisoryPorts {
  registry: Outcome<{ client: Pick<RegistryClient, 'advisories' | 'versions'> }>
  records: CacheRecords
  request: Pick<RunRequest, 'policy' | 'now' | 'omitDev' | 'workspaces' | 'offline' | 'osv'>
  signal: AbortSignal
}

/** What one source said: advisories, and the names that it spoke of wholly. */
export interface Heard {
  advisories: Advisory[]
  names: ReadonlySet<string>
  /** Absent for a source that was not asked. */
  source?: SourceReport
  problems: string[]
}

/** What is asked, with the names of the packages. */
export interface Question {
  packages: AskedPackage[]
  names: string[]
}

/** Which packages have known vulnerabilities; never rejects but for a bug of our own. */
export async function findAdvisories(
  packages: readonly PackageReport[],
  ports: AdvisoryPorts,
): Promise<{ advisories: AdvisoryReport; findings: Finding[] }> {
  const { policy, now, omitDev, workspaces } = ports.request
  const question = questionOf(packages)
  const heard = await Promise.all([askRegistries(question, ports), readOsv(question, ports)])
  const known = new Set(heard.flatMap(({ names }) => [...names]))
  const unheard = question.packages.filter(({ name }) => !known.has(name)).map(({ id }) => id)

  const found = findVulnerabilities(
    question.packages,
    heard.flatMap(({ advisories }) => advisories),
  )
  const published = await publishedVersions([...new Set(found.map(({ about }) => about.name))], ports)
  const { matches, findings } = judgeAdvisories(policy, {
    matches: found.map((each) => describeVulnerability(each, published.get(each.about.name))),
    packages,
    unheard: {
      packages: unheard,
      asked: question.packages.length,
      problems: heard.flatMap(({ problems }) => problems),
    },
    now,
    narrowed: omitDev || workspaces.length > 0,
  })
  return {
    advisories: {
      status: unheard.length === 0 ? 'complete' : 'incomplete',
      sources: heard.flatMap(({ source }) => source ?? []),
      matches,
    },
    findings,
  }
}

/** Each package once: what comes from git or a folder may have any name. */
function questionOf(packages: readonly PackageReport[]): Question {
  const asked = new Map<string, AskedPackage>()
  for (const { id, name, version, source } of packages) {
    if (source === 'registry' || source === 'bundled') asked.set(id, { id, name, version })
  }
  return { packages: [...asked.values()], names: [...new Set([...asked.values()].map(({ name }) => name))] }
}

async function askRegistries(
  { packages, names }: Question,
  { registry, request }: AdvisoryPorts,
): Promise<Heard> {
  if (names.length === 0) return { advisories: [], names: new Set(), problems: [] }
  if (!registry.ok) return nothingFrom([registry.failure.message])
  const versions = new Map(names.map((name): [string, string[]] => [name, []]))
  for (const { name, version } of packages) versions.get(name)?.push(version)
  const answers = await registry.value.client.advisories(versions)
  const read = answers.map(readAnswer)
  const problems = [...new Set(read.flatMap(({ problem }) => problem ?? []))].toSorted()
  const answered = new Set(read.flatMap((each) => each.names))
  if (answered.size === 0) return nothingFrom(problems)
  return {
    advisories: read.flatMap(({ advisories }) => advisories),
    names: answered,
    source: {
      name: 'registry',
      asOf: new Date(request.now).toISOString(),
      ...(problems.length > 0 && { problem: problems.join(' ') }),
    },
    problems,
  }
}

function nothingFrom(problems: string[]): Heard {
  return {
    advisories: [],
    names: new Set(),
    source: { name: 'registry', problem: problems.join(' ') },
    problems,
  }
}

/** An entry that cannot be read leaves its package open: it may be the one that matters. */
function readAnswer({ names, entries }: AdvisoryAnswer): {
  names: string[]
  advisories: Advisory[]
  problem?: string
} {
  if (!entries.ok) return { names: [], advisories: [], problem: entries.failure.message }
  const advisories: Advisory[] = []
  const unread = new Set<string>()
  for (const [name, list] of entries.value) {
    for (const entry of list) {
      const advisory = readBulkEntry(name, entry)
      if (advisory === undefined) unread.add(name)
      else advisories.push(advisory)
    }
  }
  if (unread.size === 0) return { names, advisories }
  const problem = `What the registry says of ${[...unread].toSorted().join(', ')} cannot be read.`
  return { names: names.filter((name) => !unread.has(name)), advisories, problem }
}

/** The versions of packages, for the first one that is not affected; a registry that does not say them is no fault here. */
async function publishedVersions(
  names: readonly string[],
  { registry, request }: AdvisoryPorts,
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!registry.ok || request.offline) return new Map()
  const { client } = registry.value
  const offers = await Promise.all(
    names.map(async (name): Promise<[string, readonly string[]][]> => {
      const offer = await client.versions(name)
      return offer.ok && offer.value.versions.length > 0 ? [[name, offer.value.versions]] : []
    }),
  )
  return new Map(offers.flat())
}
