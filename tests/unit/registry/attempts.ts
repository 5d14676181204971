/** Attempts as tests hand them in. */
import type { FailureCode } from '#model/outcome'
import { ok } from '#model/outcome'
import { failedAttempt } from '#registry/attempt'
import type { Attempt } from '#registry/attempt'

/** A success. */
export function good(name = 'a'): Attempt {
  return {
    outcome: ok({ name, version: '1.0.0', license: { license: 'MIT' }, integrity: [] }),
    pressed: false,
  }
}

/** A failure of a kind. */
export function bad(code: FailureCode): Attempt {
  return failedAttempt(code, `${code}.`)
}

/** A 429 or 503 with its `Retry-After`. */
export function pressed(code: 'throttled' | 'server-error', retryAfter?: string): Attempt {
  return { ...bad(code), pressed: true, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** `ok`, or the code of the failure. */
export function codeOf({ outcome }: Attempt): FailureCode | 'ok' {
  return outcome.ok ? 'ok' : outcome.failure.code
}
