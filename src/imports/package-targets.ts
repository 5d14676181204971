/** What `exports` and `imports` of a package.json say that a key stands for, under all conditions. */
import { isRecord } from '#collectors/json-text'

/** One thing that a key may stand for. */
export interface KeyTarget {
  /** As it is written, with the star filled in. */
  target: string
  /** All conditions on the way to it hold. */
  active: boolean
  /** Only who asks for types, or runs tests, is led to it. */
  aside: boolean
}

/** Most targets of one key, and deepest nesting of conditions. */
const MAX_TARGETS = 1_000
const MAX_DEPTH = 32

/** All targets of a key (`.`, `./sub`, `#internal`) in the order of the file; undefined where the field does not know it. */
export function targetsFor(
  field: unknown,
  key: string,
  conditions: ReadonlySet<string>,
): KeyTarget[] | undefined {
  const entries = entriesOf(field)
  let best: { value: unknown; star: string; rank: number } | undefined
  for (const [pattern, value] of entries) {
    const star = matched(pattern, key)
    const rank = pattern === key ? Infinity : pattern.replace(/\*.*$/s, '').length
    if (star !== undefined && (best === undefined || rank > best.rank)) best = { value, star, rank }
  }
  if (best === undefined) return undefined
  const { star } = best
  return leavesOf(best.value, conditions).map(({ target, active, aside }) => ({
    target: target.endsWith('/') ? target + star : target.replaceAll('*', () => star),
    active,
    aside,
  }))
}

/** Every key of `exports` with all that it may stand for; stars are left as they are. */
export function allTargets(field: unknown): { key: string; targets: string[] }[] {
  return entriesOf(field).map(([key, value]) => ({
    key,
    targets: leavesOf(value, new Set()).map(({ target }) => target),
  }))
}

/** `exports` may leave out the keys where it has only the package itself. */
function entriesOf(field: unknown): [key: string, value: unknown][] {
  if (field === undefined || field === null) return []
  if (!isRecord(field)) return [['.', field]]
  const entries = Object.entries(field)
  return entries.every(([key]) => /^[.#]/.test(key)) ? entries : [['.', field]]
}

function matched(pattern: string, key: string): string | undefined {
  if (pattern === key) return ''
  const star = pattern.indexOf('*')
  // Until Node 17 a slash at the end stood for all that begins so.
  if (star === -1)
    return pattern.endsWith('/') && key.startsWith(pattern) ? key.slice(pattern.length) : undefined
  const before = pattern.slice(0, star)
  const after = pattern.slice(star + 1)
  const isLong = key.length > before.length + after.length
  return isLong && key.startsWith(before) && key.endsWith(after)
    ? key.slice(before.length, key.length - after.length)
    : undefined
}

function leavesOf(value: unknown, conditions: ReadonlySet<string>): KeyTarget[] {
  const found: KeyTarget[] = []
  const walk = (at: unknown, leaf: Omit<KeyTarget, 'target'>, depth: number): void => {
    if (found.length >= MAX_TARGETS || depth > MAX_DEPTH) return
    if (typeof at === 'string') found.push({ target: at, ...leaf })
    else if (Array.isArray(at)) for (const item of at as unknown[]) walk(item, leaf, depth + 1)
    else if (isRecord(at)) {
      for (const [condition, inner] of Object.entries(at)) {
        const active = leaf.active && (condition === 'default' || conditions.has(condition))
        walk(inner, { active, aside: leaf.aside || ASIDE.has(condition) }, depth + 1)
      }
    }
  }
  walk(value, { active: true, aside: false }, 0)
  return found
}

const ASIDE: ReadonlySet<string> = new Set(['types', 'typings', 'test', 'vitest', 'jest'])
