/** The shape of the part of a policy file that is about licences. */
import * as v from 'valibot'
import { allowEntryProblem, exceptionEntryProblem, expressionProblem } from './license-ids.ts'
import { joinProblem, typeProblem } from './problem-text.ts'
import { closed, list, packageSpec, reason, text } from './schema-parts.ts'
import { blankProblem, dateProblem, fileProblem, pinnedProblem, workspaceProblem } from './value-checks.ts'

const allow = list(text(200, allowEntryProblem), 1000)
const ownList = closed({ allow: v.pipe(allow, v.description('Added to the general list.')) })

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

const file = v.pipe(
  text(1000, fileProblem),
  v.description('The file that was read, as a path inside the package.'),
)
const sha256 = v.pipe(
  v.string((issue) => joinProblem(typeProblem('text', issue.input))),
  v.regex(/^[0-9A-Fa-f]{64}$/, 'is not a sha256 in 64 hexadecimal digits'),
  v.description('sha256 of that file; once the file changes, the clarification no longer holds.'),
)

const clarification = v.pipe(
  closed({
    package: packageSpec,
    license: v.pipe(
      text(1000, expressionProblem),
      v.description('The SPDX expression that was read in the file.'),
    ),
    file: v.exactOptional(file),
    sha256: v.exactOptional(sha256),
    files: v.exactOptional(
      v.pipe(
        list(closed({ file, sha256 }), 20),
        v.minLength(1, 'names no file'),
        v.description('Where several files were read, instead of file and sha256.'),
      ),
    ),
    reason,
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const problem = pinnedProblem(dataset.value)
    if (problem) addIssue({ message: joinProblem(problem) })
  }),
)

/** Which licences are allowed, for what, and how some are to be read. */
export const licenses = closed({
  allow: v.pipe(
    allow,
    v.description(
      'Licences allowed for every package: single SPDX ids or groups ("group:permissive"), no AND, no OR.',
    ),
  ),
  scopes: v.exactOptional(
    v.pipe(
      closed({
        production: v.exactOptional(
          v.pipe(ownList, v.description('For packages that are reached in production, peers among them.')),
        ),
        dev: v.exactOptional(
          v.pipe(ownList, v.description('For packages that are reached as development dependencies.')),
        ),
        optional: v.exactOptional(
          v.pipe(ownList, v.description('For packages that are reached as optional dependencies.')),
        ),
        notShipped: v.exactOptional(
          v.pipe(
            ownList,
            v.description(
              'For packages of which nothing is in what ships, by what the source files import; in doubt a package ships.',
            ),
          ),
        ),
      }),
      v.description('Licences allowed in addition for a part of the tree.'),
    ),
    {},
  ),
  workspaces: v.exactOptional(
    v.pipe(
      v.record(text(512, workspaceProblem), ownList, (issue) =>
        joinProblem(typeProblem('an object', issue.input)),
      ),
      v.description(
        'Licences allowed in addition for what a workspace reaches, by its folder ("packages/web", "." for the root).',
      ),
    ),
    {},
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
