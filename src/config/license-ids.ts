/** Checks the licences that a policy names, and says what to write instead of those that name none. */
import { parseExpression, printLeaf } from '#license/expression'
import type { Expression, Leaf } from '#license/expression'
import { LICENSE_IDS } from '#license/license-list'
import { SPELLINGS } from '#license/spellings'
import { groupProblem, isGroup } from './built-in.ts'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { EXTENDS_ENTRY } from './merge.ts'
import { nearest } from './nearest.ts'

/** Ids whose name does not say whether later versions count; SPDX replaced each of them by two. */
const GNU_WITHOUT_CHOICE = /^(?:[AL]?GPL|GFDL)-\d+\.\d+$/
const REFERENCE = /LicenseRef-/
const MAX_FAMILY_SHOWN = 4

/**
 * What is wrong with an entry of a general allow list: it must be a group, or one id of the SPDX list, perhaps WITH an
 * exception.
 */
export function allowEntryProblem(text: string): Problem | undefined {
  if (isGroup(text)) return groupProblem(text)
  if (text === EXTENDS_ENTRY) {
    return {
      message: '"extends" stands for the list of an extended policy, and none is extended here',
      fix: 'Name one at the top of the file, for example "extends": "depgate:permissive".',
    }
  }
  if (text === 'UNLICENSED' || REFERENCE.test(text)) {
    return {
      message: `${quote(text)} says nothing that holds for every package`,
      fix: 'Allow it for the packages that need it in licenses.exceptions, with a reason, an owner and a date.',
    }
  }
  return exceptionEntryProblem(text)
}

/** The same for the list of an exception, where `UNLICENSED` and `LicenseRef-*` may stand too. */
export function exceptionEntryProblem(text: string): Problem | undefined {
  if (text === 'UNLICENSED') return undefined
  if (isGroup(text)) {
    return {
      message: `${quote(text)} is a group of licences`,
      fix: 'Name the licences that the package has: an exception must not allow more than it needs.',
    }
  }
  const parsed = parseExpression(text)
  if (!parsed.ok) return notALicense(text)
  const { expression } = parsed
  if (expression.type !== 'leaf') {
    const entries = [...new Set(leaves(expression).map(printLeaf))].map((leaf) => quote(leaf)).join(', ')
    return {
      message: `${quote(text)} is an expression; each entry must be a single licence`,
      fix: `Write the licences as entries of their own: ${entries}. AND and OR in a package's licence are understood.`,
    }
  }
  if (GNU_WITHOUT_CHOICE.test(expression.id)) return gnuWithoutChoice(expression)
  const spelling = printLeaf(expression)
  if (spelling === text) return undefined
  return { message: `${quote(text)} is not how SPDX writes it`, fix: `Write ${quote(spelling)}.` }
}

/** What is wrong with the licence of a clarification: it must be an SPDX expression. */
export function expressionProblem(text: string): Problem | undefined {
  const parsed = parseExpression(text)
  if (parsed.ok) return undefined
  const suggestion = /^[^ ()]+$/.test(text) ? notALicense(text).fix : undefined
  return {
    message: `${quote(text)} is not an SPDX licence expression: ${parsed.detail}`,
    ...(suggestion !== undefined && { fix: suggestion }),
  }
}

function gnuWithoutChoice({ id, plus, exception }: Leaf): Problem {
  const rest = exception === undefined ? '' : ` WITH ${exception}`
  const orLater = quote(`${id}-or-later${rest}`)
  return {
    message: `${quote(printLeaf({ type: 'leaf', id, plus, ...(exception !== undefined && { exception }) }))} is a deprecated id`,
    fix: plus
      ? `Write ${orLater}.`
      : `Write ${quote(`${id}-only${rest}`)}, ${orLater} or both: they are different licences.`,
  }
}

function notALicense(text: string): Problem {
  const meant = SPELLINGS.get(text) ?? family(text) ?? nearest(text, LICENSE_IDS)
  return {
    message: `${quote(text)} is not an SPDX licence id`,
    fix:
      meant === undefined
        ? 'Write an id of the SPDX licence list (spdx.org/licenses), for example "MIT".'
        : `Did you mean ${Array.isArray(meant) ? meant.map(quote).join(', ') : quote(meant)}?`,
  }
}

/** The ids of which the text is only the beginning: `BSD`, `apache`. The shortest ones are those that people mean. */
function family(text: string): string[] | undefined {
  const start = `${text.toLowerCase()}-`
  const members = [...LICENSE_IDS].filter(
    (id) => id.toLowerCase().startsWith(start) && !GNU_WITHOUT_CHOICE.test(id),
  )
  members.sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return members.length === 0 ? undefined : members.slice(0, MAX_FAMILY_SHOWN)
}

function leaves(expression: Expression): Leaf[] {
  if (expression.type === 'leaf') return [expression]
  return expression.parts.flatMap(leaves)
}
