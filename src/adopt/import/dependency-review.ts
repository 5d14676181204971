/** Reads the configuration of dependency-review-action: its own file, or the inputs of a workflow's step. */
import { ownValue } from '#config/layer'
import { emptyPeer } from './imported.ts'
import type { Peer } from './imported.ts'
import { readLicenseNames } from './license-names.ts'

const ACTION = /^actions\/dependency-review-action(@|$)/
const LICENSES = [
  'allow-licenses',
  'deny-licenses',
  'allow-dependencies-licenses',
  'deny-packages',
  'deny-groups',
]
/** Keys that change nothing about which licence may be used. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['fail-on-severity', 'is about vulnerabilities'],
  ['allow-ghsas', 'is about vulnerabilities'],
  ['vulnerability-check', 'is about vulnerabilities'],
  ['fail-on-scopes', 'depgate judges the whole tree; scopes.dev is for development alone'],
  ['license-check', 'depgate always checks licences'],
  ['warn-only', 'a gate that never fails is none: let depgate baseline accept what is there'],
])

/** Its keys; undefined if it says nothing of licences or packages. */
export function readDependencyReview(source: string, content: unknown): Peer | undefined {
  if (LICENSES.every((key) => ownValue(content, key) === undefined)) return undefined
  const peer = emptyPeer(source)
  const allow = ownValue(content, 'allow-licenses')
  if (allow !== undefined) {
    const names = readLicenseNames(listIn(allow))
    peer.allow = names.allow
    peer.lost.push(...names.lost)
  }
  peer.deny = listIn(ownValue(content, 'deny-licenses'))
  for (const text of listIn(ownValue(content, 'allow-dependencies-licenses'))) {
    const spec = specOf(text)
    if (spec === undefined) peer.lost.push({ what: text, why: 'is not a package of npm' })
    else peer.exempt.push({ text, package: spec })
  }
  for (const text of [
    ...listIn(ownValue(content, 'deny-packages')),
    ...listIn(ownValue(content, 'deny-groups')),
  ]) {
    const spec = specOf(text)
    if (spec === undefined) peer.lost.push({ what: text, why: 'is not a package of npm' })
    else peer.ban.push({ package: spec, reason: `denied in ${source}` })
  }
  for (const [key, why] of ELSEWHERE) {
    if (ownValue(content, key) !== undefined) peer.lost.push({ what: key, why })
  }
  return peer
}

/** The inputs of each step of a workflow that uses the action. */
export function reviewSteps(workflow: unknown): unknown[] {
  const jobs = Object.values(objectIn(ownValue(workflow, 'jobs')))
  return jobs.flatMap((job) => {
    const steps = ownValue(job, 'steps')
    return (Array.isArray(steps) ? steps : []).flatMap((step: unknown) => {
      const uses = ownValue(step, 'uses')
      return typeof uses === 'string' && ACTION.test(uses) ? [ownValue(step, 'with') ?? {}] : []
    })
  })
}

/** `@scope/name@1.2.3` for `pkg:npm/%40scope/name@1.2.3`, `@scope/*` for `pkg:npm/%40scope/`. */
function specOf(purl: string): string | undefined {
  const [, path, version] = /^pkg:npm\/([^@?#]+)(?:@([^?#]+))?/.exec(purl.trim()) ?? []
  if (path === undefined) return undefined
  const name = decoded(path)
  if (name.endsWith('/')) return name.startsWith('@') ? `${name}*` : undefined
  return version === undefined ? name : `${name}@${decoded(version)}`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A list, or one text with commas. */
function listIn(value: unknown): string[] {
  const items: unknown[] = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value : []
  return items
    .flatMap((item) => (typeof item === 'string' ? [item.trim()] : []))
    .filter((item) => item !== '')
}

function objectIn(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
