/** The shape of the part of a policy file that says whom an audit tells. */
import * as v from 'valibot'
import { joinProblem } from './problem-text.ts'
import { choice, closed, text } from './schema-parts.ts'
import { referenceProblem } from './value-checks.ts'

/** The variable that CI systems of GitHub fill. */
export const DEFAULT_TOKEN = 'env:GITHUB_TOKEN'

const TYPES = ['webhook', 'slack', 'github-issue'] as const

/** Variables whose names end in what they hold, so that no policy can have another secret sent somewhere. */
function reference(ending: 'URL' | 'SECRET' | 'TOKEN' | 'REPOSITORY', about: string) {
  const own = `^env:DEPGATE_[A-Z0-9_]{0,64}${ending}$`
  const pattern = ending === 'TOKEN' ? `${own}|^${DEFAULT_TOKEN}$` : own
  return v.exactOptional(
    v.pipe(
      text(128, referenceProblem(new RegExp(pattern), ending)),
      v.metadata({ pattern }),
      v.description(about),
    ),
  )
}

/** Which keys each type has: those that it needs, and those that it may have. */
const KEYS = {
  webhook: { needs: ['url'], may: ['secret'] },
  slack: { needs: ['url'], may: [] },
  'github-issue': { needs: [], may: ['token', 'repository'] },
} as const satisfies Record<(typeof TYPES)[number], { needs: readonly string[]; may: readonly string[] }>

/** One target. */
export const notify = v.pipe(
  closed({
    type: v.pipe(
      choice(TYPES, 'a kind of target', 'Write "webhook", "slack" or "github-issue".'),
      v.description('What is told: a webhook, a channel, or one issue.'),
    ),
    url: reference(
      'URL',
      'The environment variable that holds the address, such as "env:DEPGATE_WEBHOOK_URL".',
    ),
    secret: reference(
      'SECRET',
      'The one that holds the key for the signature, such as "env:DEPGATE_WEBHOOK_SECRET".',
    ),
    token: reference('TOKEN', 'The one that holds the login for the issue; "env:GITHUB_TOKEN" without it.'),
    repository: reference(
      'REPOSITORY',
      'The one that holds the repository of the issue, such as "env:DEPGATE_ISSUE_REPOSITORY"; GITHUB_REPOSITORY without it.',
    ),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const { type, ...given } = dataset.value
    const { needs, may } = KEYS[type]
    const known = new Set<string>([...needs, ...may])
    const missing = needs.find((key) => !Object.hasOwn(given, key))
    const other = Object.keys(given).find((key) => !known.has(key))
    if (missing !== undefined) {
      addIssue({
        message: joinProblem({ message: `has no "${missing}"`, fix: `Write "${missing}": "env:DEPGATE_…".` }),
      })
    } else if (other !== undefined) {
      addIssue({
        message: joinProblem({ message: `has "${other}", which a ${type} does not have`, fix: 'Remove it.' }),
      })
    }
  }),
)
