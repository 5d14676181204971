/** Makes of a whole dump of OSV's database what a run has to know: what it says of the run's packages, and what it leaves open. */
import type { Advisory } from './advisory.ts'
import type { OsvPiece } from './osv-pieces.ts'
import { readOsvRecord } from './osv-record.ts'

/** More names than anybody reads of one sentence. */
const MAX_NAMED = 5
/** Longest name that is shown. */
const MAX_SHOWN = 100

/** What a dump says. */
export interface OsvReading {
  /** The newest change in it, epoch milliseconds; undefined where it says none. */
  asOf?: number
  /** Names of the packages that were looked for; sorted. */
  names: string[]
  advisories: Advisory[]
  /** Names of which not everything could be read: `all`, where nobody knows which. */
  doubtful: string[] | 'all'
  /** One sentence for each thing that is wrong with it. */
  problems: string[]
}

/** Reads all pieces; `names` are those of the run's packages, `now` is in epoch milliseconds. */
export async function readOsvPieces(
  pieces: AsyncIterable<OsvPiece>,
  names: readonly string[],
  now: number,
): Promise<OsvReading> {
  const wanted = new Set(names)
  const advisories: Advisory[] = []
  const doubtful = new Set<string>()
  const unread: string[] = []
  const broken: string[] = []
  let isOpen = false
  let asOf = -Infinity
  let records = 0
  for await (const piece of pieces) {
    if (piece.kind === 'broken') {
      broken.push(`The dump of OSV's database ${piece.why}.`)
      continue
    }
    const record = piece.kind === 'record' ? parse(piece.text) : undefined
    const read = record === undefined ? undefined : readOsvRecord(record.value, wanted, now)
    advisories.push(...(read?.advisories ?? []))
    asOf = Math.max(asOf, read?.modified ?? -Infinity)
    if (read?.npm === true) records++
    if (read !== undefined && read.problem === undefined) continue
    unread.push(read?.problem?.id ?? piece.from)
    for (const name of read?.problem?.names ?? []) doubtful.add(name)
    isOpen ||= read?.problem?.names === undefined
  }
  if (records === 0 && broken.length === 0)
    broken.push("The dump of OSV's database holds no record about an npm package.")
  return {
    ...(asOf >= 0 && { asOf }),
    names: names.toSorted(),
    advisories: advisories.toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id)),
    doubtful: isOpen || broken.length > 0 ? 'all' : [...doubtful].toSorted(),
    problems: [...broken, ...(unread.length > 0 ? [unreadSentence(unread.toSorted(compareText))] : [])],
  }
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function unreadSentence(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMED).map((name) => JSON.stringify(name.slice(0, MAX_SHOWN)))
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : ''
  const records = names.length === 1 ? '1 record' : `${names.length} records`
  return `${records} of the dump of OSV's database cannot be read: ${shown.join(', ')}${more}.`
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
