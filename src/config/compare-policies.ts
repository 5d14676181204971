/** Says what a changed policy does differently, key by key, for the people who own it. */
import { canonicalJson } from './canonical-json.ts'
import { printKeyPath } from './config-error.ts'
import type { KeyPath } from './config-error.ts'

/** More differences than anybody reads of one change. */
const MAX_DIFFERENCES = 50
/** Longest value that is shown. */
const MAX_SHOWN = 120

/** One sentence for each key that differs between two policies, both merged with all that they extend. */
export function policyDifferences(before: unknown, after: unknown): string[] {
  const differences = differencesAt(before, after, [])
  if (differences.length <= MAX_DIFFERENCES) return differences
  const left = differences.length - MAX_DIFFERENCES
  return [...differences.slice(0, MAX_DIFFERENCES), `${left} more keys are different`]
}

function differencesAt(before: unknown, after: unknown, path: KeyPath): string[] {
  if (canonicalJson([before]) === canonicalJson([after])) return []
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
    return keys.flatMap((key) => differencesAt(ownOf(before, key), ownOf(after, key), [...path, key]))
  }
  const key = printKeyPath(path)
  if (Array.isArray(before) && Array.isArray(after)) return [listDifference(key, before, after)]
  if (before === undefined) return [`${key} is set to ${shown(after)}, and was not set before`]
  if (after === undefined) return [`${key} is not set any more; it was ${shown(before)}`]
  return [`${key} is ${shown(after)}, and was ${shown(before)}`]
}

function listDifference(key: string, before: unknown[], after: unknown[]): string {
  const [old, now] = [before.map((entry) => canonicalJson(entry)), after.map((entry) => canonicalJson(entry))]
  const gets = after.filter((_entry, index) => !old.includes(now[index] ?? ''))
  const loses = before.filter((_entry, index) => !now.includes(old[index] ?? ''))
  const parts = [
    ...(gets.length > 0 ? [`gets ${gets.map(shown).join(', ')}`] : []),
    ...(loses.length > 0 ? [`loses ${loses.map(shown).join(', ')}`] : []),
  ]
  return `${key} ${parts.length > 0 ? parts.join(' and ') : 'has its entries in another order'}`
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function ownOf(value: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined
}
