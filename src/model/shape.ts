/** Says what is wrong with the shape of data from outside: small checks that are put together like the types they stand for. */

/** Gives what is wrong with a value at a place (`packages[3].name is no text`), or undefined if nothing is. */
export type Check = (value: unknown, at: string) => string | undefined

/** A check of an object that has a key for each field of a type. */
export type CheckOf<T> = Check & { readonly stands?: T }

/** Text of any length. */
export const text: Check = (value, at) => (typeof value === 'string' ? undefined : `${at} is no text`)

/** A number that can be reckoned with. */
export const number: Check = (value, at) => (Number.isFinite(value) ? undefined : `${at} is no number`)

/** A whole number, not negative. */
export const count: Check = (value, at) =>
  Number.isSafeInteger(value) && Number(value) >= 0 ? undefined : `${at} is no count`

/** True or false. */
export const flag: Check = (value, at) =>
  typeof value === 'boolean' ? undefined : `${at} is neither true nor false`

/** A time as depgate writes it: ISO 8601 in UTC. */
export const time: Check = (value, at) =>
  typeof value === 'string' &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
  !Number.isNaN(Date.parse(value))
    ? undefined
    : `${at} is no time`

/** A day, `YYYY-MM-DD`. */
export const day: Check = (value, at) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? undefined : `${at} is no day`

/** Whatever JSON can hold. */
export const anything: Check = () => undefined

/** One of some values. */
export function oneOf(values: readonly (string | number | boolean)[]): Check {
  const known = new Set<unknown>(values)
  return (value, at) => (known.has(value) ? undefined : `${at} is none of ${values.join(', ')}`)
}

/** Null, or what the check asks for. */
export function orNull(check: Check): Check {
  return (value, at) => (value === null ? undefined : check(value, at))
}

/** Absent, or what the check asks for. */
export function optional(check: Check): Check {
  return (value, at) => (value === undefined ? undefined : check(value, at))
}

/** An array whose every entry passes. */
export function list(check: Check): Check {
  return (value, at) => {
    if (!Array.isArray(value)) return `${at} is no list`
    const entries: readonly unknown[] = value
    for (const [index, entry] of entries.entries()) {
      const problem = check(entry, `${at}[${index}]`)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

/** An object with these keys of its own; others may be there, as a later version may have written them. */
export function shape<T extends object>(checks: {
  readonly [Key in keyof Required<T>]: Check
}): CheckOf<T> {
  const fields: [string, Check][] = Object.entries<Check>(checks)
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} is no object`
    for (const [key, check] of fields) {
      const problem = check(own(value, key), at === '' ? key : `${at}.${key}`)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

/** An object whose every value passes, whatever its keys are. */
export function valuesOf(check: Check): Check {
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${at} is no object`
    for (const [key, entry] of Object.entries(value)) {
      const problem = check(entry, `${at}.${key}`)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

/** Whether data is nested more deeply than `most`: what goes through it by recursion would fall over. */
export function isDeeperThan(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return most <= 0 || Object.values(value).some((entry) => isDeeperThan(entry, most - 1))
}

function own(value: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(value, key)?.value
}
