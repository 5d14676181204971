/** Prints a new policy file: what holds, and as comments what somebody has to decide. */
import { printJson } from '#config/json-print'
import type { Imported } from './import/imported.ts'
import type { Candidate, Proposal } from './proposal.ts'

/** Packages that are named beside a licence. */
const SHOWN = 3
/** Licences that are named as what is there. */
const SHOWN_COMMON = 6
const SCHEMA = './node_modules/depgate/schema/depgate.config.schema.json'
const PLACE = { unit: '  ', eol: '\n', compact: false, oneLine: false }

/** The text of `depgate.config.json`; `imported` is what a peer's configuration brought. */
export function policyText(proposal: Proposal, imported?: Imported): string {
  const { allow, dev, candidates } = proposal
  const lines = ['{', `  "$schema": "${SCHEMA}",`]
  if (imported !== undefined) lines.push(...imported.sources.map((source) => `  // From ${comment(source)}.`))
  lines.push('  "licenses": {', '    "allow": [')
  const common = commonText(proposal)
  if (common !== undefined) lines.push(`      // ${common}`)
  lines.push(
    ...deciding(
      candidates.filter(({ devOnly }) => !devOnly),
      '      ',
    ),
  )
  lines.push(...entries(allow, '      '))
  lines.push('    ],')
  const forDev = candidates.filter(({ devOnly }) => devOnly)
  if (dev.length > 0 || forDev.length > 0) {
    lines.push('    "scopes": {', '      // What only builds and tests the project, and does not ship.')
    if (forDev.length === 0)
      lines.push(`      "dev": { "allow": [${dev.map((id) => JSON.stringify(id)).join(', ')}] }`)
    else {
      lines.push('      "dev": {', '        "allow": [', ...deciding(forDev, '          '))
      lines.push(...entries(dev, '          '), '        ]', '      }')
    }
    lines.push('    },')
  }
  for (const [key, list] of listsOf(imported)) {
    lines.push(`    ${JSON.stringify(key)}: ${printJson(list, { ...PLACE, indent: '    ' })},`)
  }
  closeList(lines)
  lines.push('  },')
  if (imported !== undefined && imported.ban.length > 0) {
    lines.push(`  "packages": ${printJson({ ban: imported.ban }, { ...PLACE, indent: '  ' })},`)
  }
  closeList(lines)
  return `${[...lines, '}'].join('\n')}\n`
}

function listsOf(imported: Imported | undefined): [string, readonly object[]][] {
  const { exceptions = [], clarify = [] } = imported ?? {}
  const lists: [string, readonly object[]][] = [
    ['exceptions', exceptions],
    ['clarify', clarify],
  ]
  return lists.filter(([, list]) => list.length > 0)
}

/** The last member of what is open has no comma. */
function closeList(lines: string[]): void {
  const last = lines.pop() ?? ''
  lines.push(last.replace(/,$/, ''))
}

function entries(ids: readonly string[], indent: string): string[] {
  return ids.map((id, at) => `${indent}${JSON.stringify(id)}${at < ids.length - 1 ? ',' : ''}`)
}

function commonText({ common }: Proposal): string | undefined {
  if (common.length === 0) return 'MIT, ISC, Apache-2.0, BSD and the like; no copyleft.'
  const names = common.slice(0, SHOWN_COMMON).map(({ license, packages }) => `${license} (${packages})`)
  const rest = common.length > SHOWN_COMMON ? ' and others' : ''
  return `There today: ${comment(names.join(', '))}${rest}.`
}

/** Licences to decide about: to allow one, take the slashes away. */
function deciding(candidates: readonly Candidate[], indent: string): string[] {
  if (candidates.length === 0) return []
  return [
    `${indent}// For you to decide: take the first // away to allow one.`,
    ...candidates.map(({ license, packages }) => {
      const more = packages.length > SHOWN ? ` and ${packages.length - SHOWN} more` : ''
      const who = comment(packages.slice(0, SHOWN).join(', ')) + more
      return isSingle(license)
        ? `${indent}// ${comment(JSON.stringify(license))}, // ${who}`
        : `${indent}// ${comment(license)}: ${who}`
    }),
  ]
}

function isSingle(license: string): boolean {
  return !/[() ]/.test(license) || / WITH /.test(license)
}

/** Text from outside in a comment of one line. */
function comment(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 200)
}
