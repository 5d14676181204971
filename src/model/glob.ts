/** Globs over the paths of a project: `**`, `*`, `?`, `{a,b}`, and `!` to take out again. */
import { parseGlob } from './glob-pattern.ts'
import type { GlobPattern, Segment, Step } from './glob-pattern.ts'

/** What is wrong with a pattern, as the end of a sentence that begins with the pattern; undefined for a good one. */
export function globProblem(pattern: string): string | undefined {
  const parsed = parseGlob(pattern)
  return 'problem' in parsed ? parsed.problem : undefined
}

/**
 * Whether a path (below the project, with `/`) is meant by the patterns. The last pattern that matches decides, and one
 * with `!` takes out; if the first has `!`, everything is in to begin with. No pattern means nothing. `*` and `**` take
 * names that begin with a dot as any other, so that no rule can be escaped by a name; letters keep their case; `[`, `]`,
 * `(` and `)` are characters like any other; a backslash makes one of what follows it. A folder alone means itself, with
 * `/` or `/**` behind it all that lies in it. The time a match takes grows with the product of both lengths at most.
 *
 * Throws a RangeError for what {@link globProblem} objects to: whoever takes patterns from a user asks first.
 */
export function matchesGlob(patterns: readonly string[]): (path: string) => boolean {
  const globs = patterns.map((pattern): GlobPattern => {
    const parsed = parseGlob(pattern)
    if ('problem' in parsed) throw new RangeError(`The pattern ${JSON.stringify(pattern)} ${parsed.problem}.`)
    return parsed
  })
  const isInAtFirst = globs[0]?.negated === true
  const lastFirst = globs.toReversed()
  return (path) => {
    const names = path.split('/')
    const last = lastFirst.find(({ alternatives }) => alternatives.some((glob) => matchesPath(glob, names)))
    return last === undefined ? isInAtFirst : !last.negated
  }
}

/** Only the last `**` is ever tried again: what an earlier one could take more, it can take as well. */
function matchesPath(glob: readonly Segment[], names: readonly string[]): boolean {
  // All that is in a folder is not the folder itself.
  const isBelow = glob.at(-1) === '**'
  const least = isBelow ? [...glob, { steps: [{ wild: '*' as const }] }] : glob
  let at = 0
  let rest = 0
  let againAt = -1
  let againRest = 0
  while (rest < names.length) {
    const segment = least[at]
    if (segment === '**') {
      at += 1
      againAt = at
      againRest = rest
    } else if (segment !== undefined && matchesName(segment, names[rest] ?? '')) {
      at += 1
      rest += 1
    } else if (againAt !== -1) {
      againRest += 1
      at = againAt
      rest = againRest
    } else return false
  }
  return at === least.length
}

function matchesName(segment: Exclude<Segment, '**'>, name: string): boolean {
  if ('text' in segment) return segment.text === name
  const { steps } = segment
  let at = 0
  let rest = 0
  let againAt = -1
  let againRest = 0
  while (rest < name.length) {
    const step = steps[at]
    const taken = step === undefined || isStar(step) ? 0 : taking(step, name, rest)
    if (step !== undefined && isStar(step)) {
      at += 1
      againAt = at
      againRest = rest
    } else if (taken > 0) {
      at += 1
      rest += taken
    } else if (againAt !== -1) {
      againRest += 1
      at = againAt
      rest = againRest
    } else return false
  }
  for (let step = steps[at]; step !== undefined && isStar(step); step = steps[at]) at += 1
  return at === steps.length
}

function isStar(step: Step): boolean {
  return 'wild' in step && step.wild === '*'
}

/** How many UTF-16 units a step takes: none if it does not match. */
function taking(step: Step, name: string, rest: number): number {
  if ('char' in step) return name.startsWith(step.char, rest) ? step.char.length : 0
  return (name.codePointAt(rest) ?? 0) > 0xff_ff ? 2 : 1
}
