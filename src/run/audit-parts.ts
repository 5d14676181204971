/** The parts of an audit that go beyond judging: each looks at the judged packages and adds findings and a report of its own. */
import type { AuditReport } from '#model/audit'
import type { Finding } from '#model/finding'
import type { Inventory } from '#model/inventory'
import type { Outcome } from '#model/outcome'
import type { PackageReport } from '#model/run-report'
import type { AuditWish, RunRequest } from '#model/run-request'
import { step } from '../trace.ts'
import type { CacheRecords, JudgedPackage, OpenRegistry } from './world.ts'

/** What the parts may look at and ask. */
export interface AuditPorts {
  /** The tree, whose edges say which ranges are asked for; npm may not have confirmed it yet. */
  inventory: Inventory
  /** The registries of the run, with its limits; those of an audit are polite. */
  registry: Outcome<OpenRegistry>
  /** Answers that are kept beyond the run. */
  records: CacheRecords
  /** With the policy, `now`, `offline`, `project` and what is wished for. */
  request: RunRequest
  /** Whoever hears it comes back at once with what is known. */
  signal: AbortSignal
}

/** What the parts found. */
export interface AuditFound extends Pick<AuditReport, 'forecast' | 'advisories'> {
  findings: Finding[]
}

/** One part. Rejects only for a bug of our own. */
type AuditPart = (packages: readonly PackageReport[], ports: AuditPorts) => Promise<AuditFound>

/** Every part by the wish that calls it; each loads what it needs only when it is called. */
const PARTS: readonly { wish: keyof AuditWish; look: AuditPart }[] = [
  {
    wish: 'forecast',
    look: async (...asked) => (await import('./forecast-run.ts')).forecastPackages(...asked),
  },
  {
    wish: 'advisories',
    look: async (...asked) => (await import('./advisory-run.ts')).findAdvisories(...asked),
  },
]

/** Has every part that is wished for look at the judged packages, all at the same time; no part at all but for an audit. */
export async function lookAhead(judged: readonly JudgedPackage[], ports: AuditPorts): Promise<AuditFound> {
  const { audit } = ports.request
  const packages = judged.map(({ report }) => report)
  const all: AuditFound = { findings: [] }
  await Promise.all(
    PARTS.filter(({ wish }) => audit?.[wish] === true).map(async ({ wish, look }) => {
      const { findings, ...report } = await step(wish, () => look(packages, ports))
      all.findings.push(...findings)
      Object.assign(all, report)
    }),
  )
  return all
}
