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

/** One part that is under way. Rejects only for a bug of our own. */
export interface AuditPart {
  /** Told of each package once it is judged, for whoever need not wait for the others. */
  hear?: (found: PackageReport) => void
  /** Called once with all of them. */
  conclude: (packages: readonly PackageReport[]) => Promise<AuditFound>
}

/** What is expected to be judged. */
type Expected = readonly Pick<PackageReport, 'name' | 'source'>[]

/** Every part by the wish that calls it; each loads what it needs only when it is called. */
const PARTS: readonly {
  wish: keyof AuditWish
  start: (expected: Expected, ports: AuditPorts) => Promise<AuditPart>
}[] = [
  {
    wish: 'forecast',
    start: async (...asked) => (await import('./forecast-run.ts')).startForecast(...asked),
  },
  {
    wish: 'advisories',
    async start(_expected, ports) {
      const { findAdvisories } = await import('./advisory-run.ts')
      return { conclude: (packages) => findAdvisories(packages, ports) }
    },
  },
]

/** A look ahead that is under way. */
export interface LookingAhead {
  /** Tells of packages as they are judged. */
  hear: (lot: readonly JudgedPackage[]) => void
  /** What all parts found; called once, with all that was judged. */
  conclude: (judged: readonly JudgedPackage[]) => Promise<AuditFound>
}

/** Has every part that is wished for look at the packages, all at the same time; no part at all but for an audit. */
export function startLookingAhead(expected: Expected, ports: AuditPorts): LookingAhead {
  const { audit } = ports.request
  const parts = PARTS.filter(({ wish }) => audit?.[wish] === true).map(({ wish, start }) => ({
    wish,
    started: start(expected, ports),
  }))
  return {
    hear(lot) {
      for (const { started } of parts)
        void started.then(({ hear }) => hear && lot.forEach(({ report }) => hear(report)))
    },
    async conclude(judged) {
      const packages = judged.map(({ report }) => report)
      const all: AuditFound = { findings: [] }
      await Promise.all(
        parts.map(async ({ wish, started }) => {
          const { findings, ...report } = await step(wish, async () => (await started).conclude(packages))
          for (const finding of findings) all.findings.push(finding)
          Object.assign(all, report)
        }),
      )
      return all
    },
  }
}
