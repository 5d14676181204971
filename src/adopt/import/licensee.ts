/** Reads `.licensee.json`, in its present form and in the one before version 7. */
import { ownValue } from '#config/layer'
import { parseExpression, printLeaf } from '#license/expression'
import type { Expression } from '#license/expression'
import { emptyPeer } from './imported.ts'
import type { Exempt, Peer } from './imported.ts'
import { readLicenseNames } from './license-names.ts'

/** Its configuration. */
export function readLicensee(source: string, content: unknown): Peer {
  const peer = emptyPeer(source)
  const licenses = ownValue(content, 'licenses')
  const names = readLicenseNames([...texts(ownValue(licenses, 'spdx')), ...oldLicenses(content)])
  const allow = [...names.allow]
  peer.lost.push(...names.lost)
  const rating = ownValue(licenses, 'blueOak')
  if (rating === 'bronze') allow.push('group:permissive')
  else if (rating !== undefined) {
    const why =
      'depgate has one group of this list, down to bronze: name the licences, or allow group:permissive'
    peer.lost.push({
      what: `licenses.blueOak: ${typeof rating === 'string' ? rating : JSON.stringify(rating)}`,
      why,
    })
  }
  if (ownValue(licenses, 'osi') === true) allow.push('group:osi')
  peer.allow = allow
  for (const key of ['packages', 'whitelist']) {
    for (const [name, range] of Object.entries(objectIn(ownValue(content, key)))) {
      const spec = range === '*' || typeof range !== 'string' ? name : `${name}@${range}`
      peer.exempt.push({ text: spec, package: spec })
    }
  }
  for (const entry of listIn(ownValue(content, 'ignore'))) {
    const exempt = ignored(entry)
    if (exempt !== undefined) peer.exempt.push(exempt)
    else {
      const what = `ignore ${JSON.stringify(entry)}`
      peer.lost.push({ what, why: 'who wrote a package says nothing that can be proven' })
    }
  }
  if (ownValue(content, 'corrections') === true) {
    const why = 'licences that others have collected are no evidence: depgate reads the texts itself'
    peer.lost.push({ what: 'corrections', why })
  }
  return peer
}

/** `"license": "(MIT OR ISC)"`, each part of it allowed. */
function oldLicenses(content: unknown): string[] {
  const license = ownValue(content, 'license')
  if (typeof license !== 'string') return []
  const parsed = parseExpression(license)
  return parsed.ok ? leavesOf(parsed.expression) : [license]
}

function leavesOf(expression: Expression): string[] {
  return expression.type === 'leaf' ? [printLeaf(expression)] : expression.parts.flatMap(leavesOf)
}

function ignored(entry: unknown): Exempt | undefined {
  const [scope, prefix] = [ownValue(entry, 'scope'), ownValue(entry, 'prefix')]
  if (typeof scope === 'string') {
    const name = `@${scope.replace(/^@/, '')}/*`
    return { text: name, package: name }
  }
  return typeof prefix === 'string' ? { text: `${prefix}…`, prefix } : undefined
}

function texts(value: unknown): string[] {
  return listIn(value).filter((item) => typeof item === 'string')
}

function listIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function objectIn(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
