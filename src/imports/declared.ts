/** What a package.json declares, with the line of each entry. */
import { isRecord, own } from '#collectors/json-text'
import type { JsonSource } from '#config/json-source'
import type { DeclaredAs, OwnPackage } from '#model/imports'

const FIELDS: readonly DeclaredAs[] = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
]

/** Entries of one list that are looked up one by one: the time that takes grows with the square of their number. */
const MAX_PLACED = 2_000

/** Every entry, one that stands in several lists several times, in the order of the lists. */
export function declaredIn({ value, place }: JsonSource): OwnPackage['declared'] {
  const record = isRecord(value) ? value : {}
  const meta = own(record, 'peerDependenciesMeta')
  return FIELDS.flatMap((as) => {
    const list = own(record, as)
    if (!isRecord(list)) return []
    const isLong = Object.keys(list).length > MAX_PLACED
    return Object.entries(list).map(([name, spec]) => {
      const about = as === 'peerDependencies' && isRecord(meta) ? own(meta, name) : undefined
      return {
        name,
        spec: typeof spec === 'string' ? spec : '',
        as,
        line: (isLong ? place([as], 'key') : place([as, name], 'key')).line,
        optionalPeer: isRecord(about) && own(about, 'optional') === true,
      }
    })
  })
}
