/** The pieces that the shape of a policy file is made of, each with messages that say what to write instead. */
import * as v from 'valibot'
import type { RuleSeverity } from '#model/policy'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { DURATION } from './duration.ts'
import { foreignKeyFix } from './foreign-keys.ts'
import { nearest } from './nearest.ts'
import { joinProblem, typeProblem } from './problem-text.ts'
import { blankProblem, durationBetween, packageProblem } from './value-checks.ts'

/** An object without any other keys; one that is close to a key of ours is most likely a slip of the fingers. */
export function closed<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries)
  return v.strictObject(entries, (issue) => {
    if (issue.expected === 'Object') return joinProblem(typeProblem('an object', issue.input))
    if (issue.expected !== 'never') return 'is missing'
    const meant = nearest(String(issue.input), known)
    return joinProblem({
      message: 'is not a key that depgate knows',
      fix:
        meant === undefined
          ? (foreignKeyFix(String(issue.input), known) ?? `Known here: ${known.join(', ')}.`)
          : `Did you mean ${quote(meant)}?`,
    })
  })
}

/** A list of at most so many entries. */
export function list<const Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(
    v.array(item, (issue) => joinProblem(typeProblem('a list', issue.input))),
    v.maxLength(most, `has more than ${most} entries`),
  )
}

/** Text that is not empty, of at most so many characters, with a check of its own. */
export function text(most: number, find: (value: string) => Problem | undefined) {
  return v.pipe(
    v.string((issue) => joinProblem(typeProblem('text', issue.input))),
    v.minLength(1, 'is empty'),
    v.maxLength(most, `is longer than ${most} characters`),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return
      const problem = find(dataset.value)
      if (problem) addIssue({ message: joinProblem(problem) })
    }),
  )
}

/** A duration between two others. */
export function duration(least: string, most: string) {
  // The pattern is for editors; what it finds, the check finds too and says better.
  return v.pipe(text(32, durationBetween(least, most)), v.metadata({ pattern: DURATION.source }))
}

/** A whole number between two others. */
export function count(least: number, most: number) {
  const range = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(range), v.integer(range), v.minValue(least, range), v.maxValue(most, range))
}

/** One of a few words; `what` is what each of them is, `fix` lists them. */
export function choice<const Words extends readonly string[]>(words: Words, what: string, fix: string) {
  return v.picklist(words, (issue) => {
    if (typeof issue.input !== 'string') return joinProblem(typeProblem('text', issue.input))
    const meant = nearest(issue.input, words)
    return joinProblem({
      message: `${quote(issue.input)} is not ${what}`,
      fix: meant === undefined ? fix : `Did you mean ${quote(meant)}?`,
    })
  })
}

/** What a rule does; `about` says what the rule objects to. */
export function severity<const Default extends RuleSeverity>(about: string, preset: Default) {
  const level = choice(['deny', 'warn', 'off'], 'a severity', 'Write "deny", "warn" or "off".')
  return v.exactOptional(v.pipe(level, v.description(about)), preset)
}

/** A package spec. */
export const packageSpec = v.pipe(
  text(512, packageProblem),
  v.description('A package: "name", "name@range" (semver) or "@scope/*".'),
)
/** Why an entry is there. */
export const reason = v.pipe(
  text(2000, blankProblem),
  v.description('Why this is right, for whoever reads the report.'),
)
