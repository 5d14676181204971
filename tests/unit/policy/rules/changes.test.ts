/** The rules about what a change makes of packages and of the policy itself. */
import { describe, expect, test } from 'vitest'
import type { PackageChange, PackageState } from '#model/change'
import { changedIntegrity } from '#policy/rules/integrity-changed'
import { relicensed } from '#policy/rules/license-changed'
import { policyChanged } from '#policy/rules/policy-changed'

const LOCATION = { file: 'package-lock.json', line: 12 }
const PATH = ['app@1.0.0', 'a@2.0.0']

const state = (version: string, license: string | null): PackageState => ({
  version,
  license,
  kinds: ['production'],
})

function change(more: Partial<PackageChange> = {}): PackageChange {
  return {
    type: 'updated',
    name: 'a',
    before: state('1.0.0', 'MIT'),
    after: state('2.0.0', 'GPL-3.0-only'),
    differs: ['license', 'version'],
    path: PATH,
    ...more,
  }
}

const said = (more: Partial<PackageChange>) => relicensed('a@2.0.0', change(more), LOCATION, 'warn')

describe('license-changed', () => {
  test('names both licences and both versions, and where it stands', () => {
    expect(said({})).toMatchInlineSnapshot(`
      [
        {
          "fingerprint": "a7428450ced8460d4e77267cf3deac6b",
          "fix": "Whoever decides on licences should know of it; to stay with the old one, keep a at 1.0.0.",
          "license": "GPL-3.0-only",
          "location": {
            "file": "package-lock.json",
            "line": 12,
          },
          "message": "a was MIT in 1.0.0 and is GPL-3.0-only in 2.0.0",
          "package": "a@2.0.0",
          "path": [
            "app@1.0.0",
            "a@2.0.0",
          ],
          "rule": "license-changed",
          "severity": "warn",
          "verdict": "pass",
        },
      ]
    `)
  })

  test('is as bad as the policy says', () => {
    expect(relicensed('a@2.0.0', change(), LOCATION, 'deny')).toMatchObject([
      { severity: 'deny', verdict: 'violation' },
    ])
    expect(relicensed('a@2.0.0', change(), LOCATION, 'off')).toEqual([])
  })

  test('says nothing where one side has no licence, or is not there: others do', () => {
    const { before, after, ...rest } = change()
    expect(relicensed('a@2.0.0', { ...rest, ...(after && { after }) }, LOCATION, 'deny')).toEqual([])
    expect(relicensed('a@1.0.0', { ...rest, ...(before && { before }) }, LOCATION, 'deny')).toEqual([])
    expect(said({ before: state('1.0.0', null) })).toEqual([])
    expect(said({ after: state('2.0.0', null) })).toEqual([])
  })

  test('is another finding for other licences, and the same for another version of the same', () => {
    const [first, back, other] = [
      said({}),
      said({ before: state('1.0.0', 'GPL-3.0-only'), after: state('2.0.0', 'MIT') }),
      said({ after: state('2.0.0', 'ISC') }),
    ].map(([finding]) => finding?.fingerprint)
    expect(new Set([first, back, other]).size).toBe(3)
    expect(said({ before: state('1.5.0', 'MIT') })[0]?.fingerprint).toBe(first)
  })
})

test('integrity-changed is a violation that shows both sides', () => {
  const hashes = { before: ['sha512-AA==', 'sha1-AA='], after: ['sha512-BB=='] }
  expect(changedIntegrity('a@2.0.0', change(), hashes, LOCATION)).toMatchInlineSnapshot(`
    {
      "details": [
        "before: sha512-AA==",
        "before: sha1-AA=",
        "after: sha512-BB==",
      ],
      "fingerprint": "e864ac0907815faeb26b4bb975b3f962",
      "fix": "Take the entry of the base back, and find out who changed it: a published version never changes.",
      "location": {
        "file": "package-lock.json",
        "line": 12,
      },
      "message": "a@2.0.0 has another integrity than before, and its version is the same",
      "package": "a@2.0.0",
      "path": [
        "app@1.0.0",
        "a@2.0.0",
      ],
      "rule": "integrity-changed",
      "severity": "deny",
      "verdict": "violation",
    }
  `)
})

describe('policy-changed', () => {
  const POLICY = { file: 'depgate.config.json', message: 'licenses.allow: "GPL-3.0-only" was added' }

  test('is a violation until somebody who may has looked at it', () => {
    expect(policyChanged(POLICY, false)).toMatchInlineSnapshot(`
      {
        "fingerprint": "849baa8cdb40fe43fc05dd958329967b",
        "fix": "Have a policy owner look at it, who lets it pass with --allow-policy-change. So that nobody has to remember, name them in CODEOWNERS: /depgate.config.json @your-policy-owners",
        "location": {
          "file": "depgate.config.json",
        },
        "message": "depgate.config.json: licenses.allow: "GPL-3.0-only" was added",
        "path": [],
        "rule": "policy-changed",
        "severity": "deny",
        "verdict": "violation",
      }
    `)
  })

  test('is only shown then', () => {
    const allowed = policyChanged(POLICY, true)
    const denied = policyChanged(POLICY, false)
    expect(allowed).toEqual({
      rule: 'policy-changed',
      severity: 'warn',
      verdict: 'pass',
      message: denied.message,
      path: [],
      fingerprint: denied.fingerprint,
      location: { file: 'depgate.config.json' },
    })
  })

  test('each change is a finding of its own', () => {
    const changes = [
      POLICY,
      { ...POLICY, file: 'depgate.baseline.json' },
      { ...POLICY, message: 'licenses.allow: "0BSD" was added' },
    ]
    expect(new Set(changes.map((each) => policyChanged(each, true).fingerprint)).size).toBe(3)
  })
})
