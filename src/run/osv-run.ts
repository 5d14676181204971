/** Hears what a dump of OSV's database says of a run's packages: the one that was named, or what was kept of the last one. */
import { decodeReading, encodeReading, OSV_DIGEST_KEY } from '#advisories/osv-digest'
import type { OsvReading } from '#advisories/osv-reading'
import type { AdvisoryRules } from '#model/policy'
import type { AdvisoryPorts, Heard, Question } from './advisory-run.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Nothing, and no source, where no dump was named and none was kept. */
export async function readOsv(
  { names }: Question,
  { request, records, signal }: AdvisoryPorts,
): Promise<Heard> {
  const { osv, now, policy } = request
  const reading = osv === undefined ? await keptReading(records) : await readDump(osv, names, now, signal)
  if (reading === undefined) return { advisories: [], names: new Set(), problems: [] }
  // What was cut off is no reading of the dump, and must not take the place of one.
  if (osv !== undefined && reading.doubtful !== 'all')
    await records.put(OSV_DIGEST_KEY, encodeReading(reading), now)
  return hearing(reading, policy.advisories, now)
}

async function readDump(
  path: string,
  names: readonly string[],
  now: number,
  signal: AbortSignal,
): Promise<OsvReading> {
  const [{ openOsvDump }, { readOsvPieces }] = await Promise.all([
    import('#advisories/osv-dump'),
    import('#advisories/osv-reading'),
  ])
  return readOsvPieces(openOsvDump(path, signal), names, now)
}

async function keptReading(records: AdvisoryPorts['records']): Promise<OsvReading | undefined> {
  const kept = await records.get(OSV_DIGEST_KEY)
  return kept && decodeReading(kept.body)
}

/** What is too old still says what it knows; only its silence counts for nothing. */
function hearing(
  { asOf, names, advisories, doubtful, problems }: OsvReading,
  rules: AdvisoryRules,
  now: number,
): Heard {
  const age = asOf === undefined ? Infinity : now - asOf
  const all = [
    ...problems,
    ...(age > rules.maxAgeMs && doubtful !== 'all' ? [oldSentence(asOf, rules.maxAgeMs)] : []),
  ]
  const open = new Set(doubtful === 'all' ? names : doubtful)
  return {
    advisories,
    names: new Set(age > rules.maxAgeMs ? [] : names.filter((name) => !open.has(name))),
    source: {
      name: 'osv',
      ...(asOf !== undefined && { asOf: new Date(asOf).toISOString() }),
      ...(all.length > 0 && { problem: all.join(' ') }),
    },
    problems: all,
  }
}

function oldSentence(asOf: number | undefined, maxAgeMs: number): string {
  const limit =
    maxAgeMs >= DAY_MS ? `${Math.floor(maxAgeMs / DAY_MS)} days` : `${Math.floor(maxAgeMs / HOUR_MS)} hours`
  const newest =
    asOf === undefined
      ? 'does not say when it was last changed'
      : `was last changed on ${new Date(asOf).toISOString().slice(0, 10)}`
  return `The dump of OSV's database ${newest}, and advisories.maxAge allows ${limit}.`
}
