/** Values by scope: which one counts at a place of the text. Scopes lie in each other or apart, and never cross. */

/** A stretch of the text, in UTF-16 units. */
export interface Scope {
  start: number
  end: number
}

/** Values of type `T` by scope. */
export interface Scoped<T> {
  /** The value of a scope, made when there is none yet. */
  in(scope: Scope): T
  /** The value of the innermost scope around an offset that has one. Looked up in steps, however many scopes there are. */
  at(offset: number): T | undefined
}

interface Entry<T> extends Scope {
  value: T
  /** The nearest scope around this one. */
  around: Entry<T> | undefined
}

/** No scopes yet. */
export function createScoped<T>(make: () => T): Scoped<T> {
  const byStart = new Map<number, Entry<T>[]>()
  let sorted: Entry<T>[] | undefined

  return {
    in({ start, end }) {
      const same = byStart.get(start) ?? []
      const known = same.find((entry) => entry.end === end)
      if (known !== undefined) return known.value
      const entry = { start, end, value: make(), around: undefined }
      byStart.set(start, [...same, entry])
      sorted = undefined
      return entry.value
    },
    at(offset) {
      sorted ??= nested([...byStart.values()].flat())
      let entry = lastBefore(sorted, offset)
      while (entry !== undefined && entry.end <= offset) entry = entry.around
      return entry?.value
    },
  }
}

/** Outer ones first, each with what is around it. */
function nested<T>(entries: Entry<T>[]): Entry<T>[] {
  const sorted = entries.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const open: Entry<T>[] = []
  for (const entry of sorted) {
    while ((open.at(-1)?.end ?? Infinity) <= entry.start) open.pop()
    entry.around = open.at(-1)
    open.push(entry)
  }
  return sorted
}

/** The last entry that starts at an offset or before it. */
function lastBefore<T>(sorted: readonly Entry<T>[], offset: number): Entry<T> | undefined {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.start ?? Infinity) <= offset) low = middle + 1
    else high = middle
  }
  return sorted[low - 1]
}
