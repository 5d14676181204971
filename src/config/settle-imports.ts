/** What holds of a policy's part about imports once it has been checked. */
import type { Location } from '#model/finding'
import { NO_IMPORT_RULES } from '#model/import-rules'
import type { ImportRules } from '#model/import-rules'
import type { KeyPath } from './config-error.ts'
import type { PolicyFile } from './schema.ts'

type Placeless<T> = Omit<T, 'location'>
type Settled = Placeless<Omit<ImportRules, 'layers' | 'ban'>> & {
  layers: Placeless<ImportRules['layers'][number]>[]
  ban: Placeless<ImportRules['ban'][number]>[]
}

/**
 * The rules without places; undefined where nobody has to know what is imported. Where only a licence depends on it
 * (`isNeeded`), nothing else is objected to.
 */
export function settleImports(written: PolicyFile['imports'], isNeeded: boolean): Settled | undefined {
  if (written === undefined) return isNeeded ? ONLY_FOR_LICENSES : undefined
  const { files, ignore, production, layers, ban, ...severities } = written
  return {
    ...severities,
    files: files ?? [],
    ignore: ignore ?? [],
    production: production ?? [],
    layers: Object.entries(layers)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, layer]) => settleLayer(name, layer)),
    ban: ban.map((entry) => settleBan(entry)),
  }
}

type WrittenImports = NonNullable<PolicyFile['imports']>

function settleLayer(name: string, layer: WrittenImports['layers'][string]): Settled['layers'][number] {
  return { name, ...layer }
}

function settleBan(ban: WrittenImports['ban'][number]): Settled['ban'][number] {
  return { ...ban, in: ban.in ?? [], except: ban.except ?? [] }
}

/** The same with the place of each entry; `locate` takes paths below `imports`. */
export function locateImports(settled: Settled, locate: (path: KeyPath) => Location): ImportRules {
  return {
    ...settled,
    layers: settled.layers.map((layer) => ({ ...layer, location: locate(['layers', layer.name]) })),
    ban: settled.ban.map((entry, index) => ({ ...entry, location: locate(['ban', index]) })),
    location: locate([]),
  }
}

/** A file that nobody can read makes everything ship; that is all there is to say of it. */
const ONLY_FOR_LICENSES: Settled = { ...NO_IMPORT_RULES, unreadable: 'warn' }
