/** Checks an entry before it is written into a policy, by the rules that the whole file is checked by. */
import type { ConfigError, Problem } from './config-error.ts'
import type { Entry, EntryList } from './edit-policy.ts'
import { validatePolicy } from './validate.ts'

/** What is wrong with an entry, each with the key that it is about (`license`, `allow[0]`; empty for the whole). */
export function entryProblems(list: EntryList, entry: Entry): (Problem & { key: string })[] {
  const result = validatePolicy({ licenses: { allow: [], [list]: [entry] } }, { file: '' })
  if (result.ok) return []
  return result.errors.map((error) => problemOf(error, list))
}

function problemOf({ key, message, fix }: ConfigError, list: EntryList): Problem & { key: string } {
  const inside = key.replace(`licenses.${list}[0]`, '').replace(/^\./, '')
  return { key: inside, message, ...(fix !== undefined && { fix }) }
}
