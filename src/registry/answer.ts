/** What each status of a registry means for the version that was asked for. */
import type { FailureCode, Outcome } from '#model/outcome'
import { failedAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'
import type { Reply } from './dispatcher.ts'
import { parseManifest } from './manifest.ts'

/** What was asked, for checks and messages. */
export interface Question {
  name: string
  version: string
  /** The registry's origin, without userinfo. */
  origin: string
}

/** Turns what came over the wire into an attempt. Only a 200 whose body passes every check is a success. */
export function answerOf(reply: Outcome<Reply>, { name, version, origin }: Question): Attempt {
  return attemptFrom(reply, origin, (text) => parseManifest(text, name, version))
}

/** The same for any kind of body: `parse` reads that of a 200, every other status is a failure. */
export function attemptFrom<T, B>(
  reply: Outcome<Reply<B>>,
  origin: string,
  parse: (body: B) => Outcome<T>,
): Attempt<T> {
  if (!reply.ok) return { outcome: reply, pressed: false }
  const { status, body, retryAfter } = reply.value
  if (status === 200 && body !== undefined) return { outcome: parse(body), pressed: false }
  const [code, what, fix] = meaningOf(status)
  const attempt = failedAttempt(code, `The registry ${origin} ${what}.`, fix)
  attempt.pressed = status === 429 || status === 503
  if (retryAfter !== undefined) attempt.retryAfter = retryAfter
  return attempt
}

function meaningOf(status: number): [code: FailureCode, what: string, fix: string] {
  if (status === 404) {
    return [
      'not-found',
      'does not have this version (404)',
      'Check that it comes from this registry and was not removed.',
    ]
  }
  if (status === 401 || status === 403) {
    return [
      'unauthorized',
      `refuses to answer without a valid login (${status})`,
      'Put a token for this registry into your own .npmrc, or renew it with npm login.',
    ]
  }
  if (status === 429)
    return [
      'throttled',
      'asks for fewer requests (429)',
      'Run again later, or lower network.requestsPerSecond.',
    ]
  if (status >= 500 && status <= 599)
    return ['server-error', `has a problem of its own (${status})`, 'Run again later.']
  if (status >= 300 && status <= 399 && status !== 304) {
    return [
      'redirected',
      `sends the request elsewhere (${status}), which is not followed`,
      'Set the registry to the address that answers itself.',
    ]
  }
  return [
    'unexpected-status',
    `answered with an unexpected status (${status})`,
    'Check the registry address.',
  ]
}
