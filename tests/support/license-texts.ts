/** Texts of the SPDX list for tests of whole runs. */
import { createRequire } from 'node:module'

const list: unknown = createRequire(import.meta.url)('spdx-license-list/full')

/** The text of an id, as the list has it. */
export function spdxText(id: string): string {
  const entries = new Map(Object.entries(typeof list === 'object' && list !== null ? list : {}))
  const entry: unknown = entries.get(id)
  if (typeof entry !== 'object' || entry === null || !('licenseText' in entry))
    throw new Error(`no text of ${id}`)
  return String(entry.licenseText)
}
