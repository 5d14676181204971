/** Finds out where messages go: what the policy or the environment names, with the values of the variables. */
import type { NotifyTarget } from '#model/policy'

/** A target with everything that is needed to reach it. Holds secrets: never print it. */
export type Destination =
  | { type: 'webhook'; url: URL; secret?: string }
  | { type: 'slack'; url: URL }
  | { type: 'github-issue'; api: URL; repository: string; token: string }

/** All destinations, or one sentence for each thing that is missing; never the value of a variable. */
export type Destinations = { ok: true; destinations: Destination[] } | { ok: false; problems: string[] }

type Environment = Readonly<Record<string, string | undefined>>

/** `owner/name`, as GitHub allows them. */
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/
/** What no header takes must not get into one. */
const HEADER_SAFE = /^[\x21-\x7e]+$/

/** Resolves the policy's targets, or, if it has none, those that the environment names by fixed variables. */
export function findDestinations(targets: readonly NotifyTarget[], env: Environment): Destinations {
  const wanted = targets.length > 0 ? targets : fromEnvironment(env)
  const found = wanted.map((target) => resolve(target, env))
  const problems = found.flatMap((each) => (typeof each === 'string' ? [each] : []))
  if (wanted.length === 0) {
    problems.push('--notify has nobody to tell: write "notify" into the policy, or set DEPGATE_WEBHOOK_URL.')
  }
  if (problems.length > 0) return { ok: false, problems: [...new Set(problems)] }
  return { ok: true, destinations: found.flatMap((each) => (typeof each === 'string' ? [] : [each])) }
}

function fromEnvironment(env: Environment): NotifyTarget[] {
  const isSet = (name: string): boolean => (env[name] ?? '') !== ''
  return [
    ...(isSet('DEPGATE_WEBHOOK_URL')
      ? [
          {
            type: 'webhook' as const,
            url: 'DEPGATE_WEBHOOK_URL',
            ...(isSet('DEPGATE_WEBHOOK_SECRET') && { secret: 'DEPGATE_WEBHOOK_SECRET' }),
          },
        ]
      : []),
    ...(isSet('DEPGATE_SLACK_URL') ? [{ type: 'slack' as const, url: 'DEPGATE_SLACK_URL' }] : []),
    ...(isSet('DEPGATE_ISSUE_REPOSITORY')
      ? [{ type: 'github-issue' as const, token: 'GITHUB_TOKEN', repository: 'DEPGATE_ISSUE_REPOSITORY' }]
      : []),
  ]
}

function resolve(target: NotifyTarget, env: Environment): Destination | string {
  if (target.type === 'github-issue') return issueOf(target, env)
  const url = addressOf(env[target.url])
  if (url === undefined) return addressProblem(target.url, `of the ${target.type} target`, env)
  if (target.type === 'slack') return { type: 'slack', url }
  if (target.secret === undefined) return { type: 'webhook', url }
  const secret = env[target.secret] ?? ''
  if (secret.length < 16)
    return `${target.secret}, the key of the webhook target, has fewer than 16 characters.`
  return { type: 'webhook', url, secret }
}

function issueOf(
  {
    token: variable,
    repository: named = 'GITHUB_REPOSITORY',
  }: Extract<NotifyTarget, { type: 'github-issue' }>,
  env: Environment,
): Destination | string {
  const api = addressOf(env['GITHUB_API_URL'])
  if (api === undefined)
    return addressProblem('GITHUB_API_URL', 'of the API for the github-issue target', env)
  const repository = env[named] ?? ''
  if (!REPOSITORY.test(repository))
    return `${named} does not hold the repository of the github-issue target as "owner/name".`
  const token = env[variable] ?? ''
  if (!HEADER_SAFE.test(token)) return `${variable} does not hold a token for the github-issue target.`
  return { type: 'github-issue', api, repository, token }
}

/** An address that secrets may be sent to: over TLS, or to this very machine. */
function addressOf(text: string | undefined): URL | undefined {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  const isHere = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isHere)
  return isSafe && url.username === '' && url.password === '' ? url : undefined
}

function addressProblem(variable: string, what: string, env: Environment): string {
  if ((env[variable] ?? '') === '') return `${variable}, the address ${what}, is not set.`
  return `${variable} does not hold an https address ${what}, without a login in it.`
}
