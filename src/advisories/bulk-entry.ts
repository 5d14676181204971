/** Reads one entry of a registry's answer about advisories. */
import { addressOf, isAdvisoryId, own, severityOf, titleOf } from './advisory.ts'
import type { Advisory } from './advisory.ts'
import { isReadableRange } from './affected.ts'

/** The advisory that an entry about a package is; undefined if it cannot be read. */
export function readBulkEntry(name: string, entry: unknown): Advisory | undefined {
  const url = addressOf(own(entry, 'url'))
  const range = own(entry, 'vulnerable_versions')
  const number = own(entry, 'id')
  // The registry numbers its advisories; the name that everybody knows is the end of the address.
  const ghsa = /\/(GHSA(?:-[0-9a-z]{4}){3})$/i.exec(url ?? '')?.[1]
  const id = ghsa?.replace(/^ghsa/i, 'GHSA') ?? (typeof number === 'number' ? String(number) : number)
  if (!isAdvisoryId(id) || typeof range !== 'string' || !isReadableRange(range)) return undefined
  return {
    id,
    aliases: [],
    name,
    title: titleOf(own(entry, 'title')),
    severity: severityOf(own(entry, 'severity')),
    affected: { intervals: [], versions: [], range },
    ...(url !== undefined && { url }),
    source: 'registry',
  }
}
