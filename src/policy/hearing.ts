/** Sorts the claims about one package: who stated a licence, who spoke without stating one, who was not heard. */
import { expressionKey } from '#license/expression-key'
import { parseExpression, printExpression } from '#license/expression'
import type { Expression } from '#license/expression'
import type { Claim, Witness } from '#model/claim'
import type { Failure } from '#model/outcome'
import { neededWitnesses } from './package-facts.ts'
import type { PackageFacts } from './package-facts.ts'

/** A licence, read. */
export interface ReadLicense {
  /** Canonical print. */
  license: string
  expression: Expression
  /** Equal for licences that mean the same. */
  key: string
}

/** A licence that a witness states. */
export interface Statement extends ReadLicense {
  witness: Witness
}

/** All claims of a package, each in exactly one place. */
export interface Hearing {
  said: Statement[]
  /** Heard, but what they say is no licence. */
  mute: Claim[]
  /** The registry answered that it does not have this version. */
  notFound: Failure | undefined
  /** Why each other witness was not heard. */
  unheard: { witness: Witness; failure: Failure }[]
}

/** Reads a licence text; undefined if it is no expression. */
export type LicenseReader = (text: string) => ReadLicense | undefined

/** A reader that parses each distinct text once: thousands of packages share a few dozen of them. */
export function createLicenseReader(): LicenseReader {
  const known = new Map<string, ReadLicense | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, readLicense(text))
    return known.get(text)
  }
}

/** Several licences joined by AND, however many: some families have more members than a text of them may be long. */
export function allOf(licenses: readonly ReadLicense[]): ReadLicense | undefined {
  const [last, ...others] = licenses.map(({ expression }) => expression).toReversed()
  if (last === undefined) return undefined
  const expression = others.reduce<Expression>((rest, part) => ({ type: 'and', parts: [part, rest] }), last)
  return { license: printExpression(expression), expression, key: expressionKey(expression) }
}

/**
 * Hears all claims, and notes for each witness that is needed but silent that it was not heard. Where nobody is expected
 * to speak, nobody can be relied on: then those who spoke count as not heard either.
 */
export function hear(facts: PackageFacts, read: LicenseReader): Hearing {
  const hearing: Hearing = { said: [], mute: [], notFound: undefined, unheard: [] }
  for (const claim of facts.claims) {
    const { witness, license, reason, failure } = claim
    // Texts are heard apart, see hearTexts; what the lockfile notes is a hint and never evidence.
    if (witness === 'lockfile' || (witness === 'text' && failure === undefined)) continue
    const stated = license === undefined || reason !== undefined ? undefined : read(license)
    if (failure?.code === 'not-found' && witness === 'registry') hearing.notFound = failure
    else if (failure !== undefined) hearing.unheard.push({ witness, failure })
    else if (stated === undefined) hearing.mute.push(claim)
    else hearing.said.push({ witness, ...stated })
  }
  for (const witness of neededWitnesses(facts)) {
    const claimed = facts.claims.some((claim) => claim.witness === witness)
    if (!claimed || facts.expected.length === 0) {
      hearing.unheard.push({ witness, failure: notAsked(facts, witness) })
    }
  }
  return hearing
}

function notAsked({ id }: PackageFacts, witness: Witness): Failure {
  return witness === 'installed'
    ? { code: 'not-installed', message: `${id} has no installed copy that could be read` }
    : { code: 'unreachable', message: `the registry was not asked for ${id}` }
}

function readLicense(text: string): ReadLicense | undefined {
  const parsed = parseExpression(text)
  if (!parsed.ok) return undefined
  const { expression } = parsed
  return { license: printExpression(expression), expression, key: expressionKey(expression) }
}
