/** The shape of a policy file: the one source of its types, its checks, its defaults and the published JSON schema. */
import * as v from 'valibot'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { DURATION } from './duration.ts'
import { allowEntryProblem, exceptionEntryProblem, expressionProblem } from './license-ids.ts'
import { nearest } from './nearest.ts'
import { joinProblem, typeProblem } from './problem-text.ts'
import { blankProblem, dateProblem, durationBetween, fileProblem, packageProblem } from './value-checks.ts'

/** An object without any other keys; one that is close to a key of ours is most likely a slip of the fingers. */
function closed<const Entries extends v.ObjectEntries>(entries: Entries) {
  const known = Object.keys(entries)
  return v.strictObject(entries, (issue) => {
    if (issue.expected === 'Object') return joinProblem(typeProblem('an object', issue.input))
    if (issue.expected !== 'never') return 'is missing'
    const meant = nearest(String(issue.input), known)
    return joinProblem({
      message: 'is not a key that depgate knows',
      fix: meant === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${quote(meant)}?`,
    })
  })
}

function list<const Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(
    v.array(item, (issue) => joinProblem(typeProblem('a list', issue.input))),
    v.maxLength(most, `has more than ${most} entries`),
  )
}

function text(most: number, find: (value: string) => Problem | undefined) {
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

function duration(least: string, most: string) {
  // The pattern is for editors; what it finds, the check finds too and says better.
  return v.pipe(text(32, durationBetween(least, most)), v.metadata({ pattern: DURATION.source }))
}

function count(least: number, most: number) {
  const range = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(range), v.integer(range), v.minValue(least, range), v.maxValue(most, range))
}

const packageSpec = v.pipe(
  text(512, packageProblem),
  v.description('A package: "name", "name@range" (semver) or "@scope/*".'),
)
const reason = v.pipe(
  text(2000, blankProblem),
  v.description('Why this is right, for whoever reads the report.'),
)
const allow = list(text(200, allowEntryProblem), 1000)

const exception = closed({
  package: packageSpec,
  allow: v.pipe(
    list(text(200, exceptionEntryProblem), 100),
    v.minLength(1, 'names no licence'),
    v.description('Single SPDX ids, ids WITH an exception, LicenseRef-* or UNLICENSED, matched exactly.'),
  ),
  reason,
  owner: v.pipe(text(200, blankProblem), v.description('Who answers for it.')),
  expires: v.pipe(
    text(10, dateProblem),
    v.metadata({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` }),
    v.description('Last day on which it holds, YYYY-MM-DD in UTC.'),
  ),
})

const clarification = closed({
  package: packageSpec,
  license: v.pipe(
    text(1000, expressionProblem),
    v.description('The SPDX expression that was read in the file.'),
  ),
  file: v.pipe(
    text(1000, fileProblem),
    v.description('The file that was read, as a path inside the package.'),
  ),
  sha256: v.pipe(
    v.string((issue) => joinProblem(typeProblem('text', issue.input))),
    v.regex(/^[0-9A-Fa-f]{64}$/, 'is not a sha256 in 64 hexadecimal digits'),
    v.description('sha256 of that file; once the file changes, the clarification no longer holds.'),
  ),
  reason,
})

const licenses = closed({
  allow: v.pipe(allow, v.description('Licences allowed for every package: single SPDX ids, no AND, no OR.')),
  scopes: v.exactOptional(
    v.pipe(
      closed({
        dev: v.exactOptional(
          v.pipe(
            closed({ allow: v.pipe(allow, v.description('Added to the general list.')) }),
            v.description('For packages that are reached as development dependencies.'),
          ),
        ),
      }),
      v.description('Licences allowed in addition for a part of the tree.'),
    ),
  ),
  exceptions: v.exactOptional(
    v.pipe(list(exception, 2000), v.description('Licences allowed for some packages until a date.')),
    [],
  ),
  clarify: v.exactOptional(
    v.pipe(list(clarification, 2000), v.description("A human's reading of a licence, bound to the file.")),
    [],
  ),
})

const network = closed({
  concurrency: v.exactOptional(v.pipe(count(1, 64), v.description('Most requests in the air at once.')), 64),
  requestsPerSecond: v.exactOptional(
    v.pipe(count(1, 3000), v.description('Most requests in a second.')),
    3000,
  ),
  timeout: v.exactOptional(
    v.pipe(duration('100ms', '1m'), v.description('Time for a single request in all.')),
    '3s',
  ),
})

const cache = closed({
  ttl: v.exactOptional(
    v.pipe(
      duration('1s', '365d'),
      v.description('How long what a registry can change of a version is believed.'),
    ),
    '24h',
  ),
})

/** A policy file, checked wholly. Messages hold a fix behind a line break, see {@link splitProblem}. */
export const policySchema = v.pipe(
  closed({
    $schema: v.exactOptional(
      v.pipe(
        text(2048, () => undefined),
        v.description('For editors; has no effect.'),
      ),
    ),
    licenses: v.pipe(licenses, v.description('Which licences are allowed.')),
    firstParty: v.exactOptional(
      v.pipe(
        list(closed({ package: packageSpec }), 1000),
        v.description(
          "The company's own packages, where trusted configuration gives their scope its own registry.",
        ),
      ),
      [],
    ),
    network: v.exactOptional(v.pipe(network, v.description('How to treat the registry.')), {}),
    cache: v.exactOptional(v.pipe(cache, v.description('How to treat the cache.')), {}),
    deadline: v.exactOptional(v.pipe(duration('1s', '1h'), v.description('Time for the whole run.')), '10s'),
  }),
  v.title('depgate policy'),
  v.description('What the dependencies of an npm project may be licensed under.'),
)

/** A valid policy file with its defaults filled in, still as written. */
export type PolicyFile = v.InferOutput<typeof policySchema>
