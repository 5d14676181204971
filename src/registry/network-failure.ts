/** Names what went wrong on the wire: the codes of undici, zlib, TLS and the system, as our own. */
import type { Failure, FailureCode } from '#model/outcome'
import { TOO_LARGE } from './body.ts'

/** Whether the response had begun when it went wrong: a broken body is `truncated`, a broken connection `unreachable`. */
export type Phase = 'connecting' | 'reading'

const TLS_CODE =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL|CERT_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/
const TOO_LARGE_CODES: ReadonlySet<string> = new Set([
  TOO_LARGE,
  'UND_ERR_HEADERS_OVERFLOW',
  'HPE_HEADER_OVERFLOW',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
])
const CUT_CODES: ReadonlySet<string> = new Set([
  'Z_BUF_ERROR',
  'HPE_INVALID_EOF_STATE',
  'HPE_CLOSED_CONNECTION',
])

/** The failure for an error thrown by the network. Never holds the error's own message: that may name paths or tokens. */
export function networkFailure(error: unknown, phase: Phase, origin: string): Failure {
  const reason = codeOf(error)
  const code = failureCodeOf(reason, phase)
  const detail = reason === '' ? '' : ` (${reason})`
  const said = `The answer of the registry ${origin}`
  if (code === 'tls') {
    const fix = 'Name your certificate authority with cafile in your own .npmrc, or with NODE_EXTRA_CA_CERTS.'
    return { code, message: `The certificate of the registry ${origin} is not trusted${detail}.`, fix }
  }
  if (code === 'too-large') return { code, message: `${said} is larger than any answer may be.` }
  if (code === 'malformed') return { code, message: `${said} breaks the protocol${detail}.` }
  if (code === 'truncated') return { code, message: `${said} ended too early.`, fix: 'Run again.' }
  const fix = "Check the network, the registry's address and npm's proxy settings."
  return { code, message: `The registry ${origin} could not be reached${detail}.`, fix }
}

function failureCodeOf(reason: string, phase: Phase): FailureCode {
  if (TLS_CODE.test(reason)) return 'tls'
  if (TOO_LARGE_CODES.has(reason)) return 'too-large'
  if (CUT_CODES.has(reason)) return 'truncated'
  if (reason.startsWith('HPE_') || reason.startsWith('Z_')) return 'malformed'
  return phase === 'reading' ? 'truncated' : 'unreachable'
}

/** The code of an error, or of what caused it. */
function codeOf(error: unknown): string {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    if ('code' in current && typeof current.code === 'string') return current.code
    if (current.name === 'HTTPParserError') return 'HPE_INVALID' // undici 7 leaves its code out
    if (current instanceof AggregateError) return codeOf(current.errors[0])
  }
  return ''
}
