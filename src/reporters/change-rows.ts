/** What a change does, in words that every reporter lays out in its own way. */
import type { ChangeReport, PackageChange } from '#model/change'

/** One package of a change; texts are as they came, to be made safe by whoever shows them. */
export interface ChangeRow {
  /** `added`, `removed`, `updated`, or what is different about the same version. */
  what: string
  name: string
  /** Before and after; one of them where there is no other, or where they are the same. */
  version: string[]
  license: string[]
  kinds: string[]
  /** Ids from the root down to what brings the package in; empty where the project itself asks for it. */
  by: string[]
  /** Whether the licence of a package that was there before is another one now. */
  relicensed: boolean
}

/** The rows of a change, what brings something in first. */
export function changeRows({ packages }: Pick<ChangeReport, 'packages'>): ChangeRow[] {
  const order: PackageChange['type'][] = ['added', 'updated', 'changed', 'removed']
  return order.flatMap((type) => packages.filter((entry) => entry.type === type).map((entry) => rowOf(entry)))
}

/** For example `3 added, 1 updated`. */
export function changeSummary({ packages }: Pick<ChangeReport, 'packages'>): string {
  const order: PackageChange['type'][] = ['added', 'updated', 'changed', 'removed']
  const parts = order.flatMap((type) => {
    const number = packages.filter((entry) => entry.type === type).length
    return number === 0 ? [] : [`${number} ${type}`]
  })
  return parts.length === 0 ? 'no package changes' : parts.join(', ')
}

function rowOf({ type, name, before, after, differs, path }: PackageChange): ChangeRow {
  return {
    what: type === 'changed' && differs.length > 0 ? whatChanged(differs) : type,
    name,
    version: both(before?.version, after?.version),
    license: both(licenseOf(before), licenseOf(after)),
    kinds: both(before?.kinds.join(', '), after?.kinds.join(', ')),
    by: path.slice(1, -1),
    relicensed: before !== undefined && after !== undefined && before.license !== after.license,
  }
}

function whatChanged(differs: readonly string[]): string {
  return differs.join() === 'use' ? 'begins to ship' : `${differs.join(', ')} changed`
}

function licenseOf(state: { license: string | null } | undefined): string | undefined {
  return state === undefined ? undefined : (state.license ?? 'unknown')
}

function both(before: string | undefined, after: string | undefined): string[] {
  if (before === after) return before === undefined ? [] : [before]
  return [before, after].filter((text) => text !== undefined)
}
