/** What holds of judging whatever the claims and the policy are. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Claim } from '#model/claim'
import type { Policy } from '#model/policy'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts, PackageJudgement } from '#policy/judge-package'
import {
  allowedLeaves,
  anyClaim,
  anyFacts,
  anyFields,
  anyFile,
  anyPolicy,
  isAllowed,
  NO_LICENSE,
} from './random-cases.ts'
import { facts as factsOf, NOW, policy as policyOf } from './samples.ts'

const RUNS = { numRuns: 2000 }

function judged(policy: Policy, facts: PackageFacts): PackageJudgement {
  return createJudge(policy, NOW)(facts)
}

/** What must not depend on any order. */
function answer({ verdict, license, conclusion, findings }: PackageJudgement) {
  return { verdict, license, conclusion, findings: findings.map((finding) => finding.fingerprint).toSorted() }
}

/** Everything in another order; the same numbers give the same order. */
function shuffled<Entry>(entries: readonly Entry[], ranks: readonly number[]): Entry[] {
  return entries
    .map((entry, index) => ({ entry, rank: ranks[index % ranks.length] ?? 0 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry)
}

const ranks = fc.array(fc.nat(100), { minLength: 7, maxLength: 7 })

function states({ license, reason, failure, witness }: Claim): boolean {
  return witness !== 'text' && license !== undefined && reason === undefined && failure === undefined
}

describe('one more claim', () => {
  test('never turns a violation into a pass', () => {
    let violations = 0
    fc.assert(
      fc.property(anyPolicy, anyFacts, anyClaim, fc.nat(5), (policy, facts, more, place) => {
        if (judged(policy, facts).verdict !== 'violation') return
        violations += 1
        const claims = facts.claims.toSpliced(place, 0, more)
        expect(judged(policy, { ...facts, claims }).verdict).not.toBe('pass')
      }),
      RUNS,
    )
    expect(violations).toBeGreaterThan(200)
  })

  test('never turns a violation into a pass where many files speak of few licences', () => {
    let violations = 0
    const allow = fc.subarray(['MIT', '0BSD', 'GPL-3.0-only', 'GPL-3.0-or-later'], { minLength: 1 })
    const files = fc.array(anyFile, { maxLength: 3 })
    fc.assert(
      fc.property(allow, anyFields, files, anyFile, (list, fields, texts, more) => {
        const policy = policyOf({ allow: list })
        const claims = [...fields, ...texts]
        if (judged(policy, factsOf({ claims })).verdict !== 'violation') return
        violations += 1
        expect(judged(policy, factsOf({ claims: [...claims, more] })).verdict).not.toBe('pass')
      }),
      RUNS,
    )
    expect(violations).toBeGreaterThan(200)
  })

  test('gives a pass only as the evidence that was missing: a silent witness, or a text where no field speaks', () => {
    let passes = 0
    fc.assert(
      fc.property(anyPolicy, anyFacts, anyClaim, (policy, facts, more) => {
        const before = judged(policy, facts)
        const after = judged(policy, { ...facts, claims: [...facts.claims, more] })
        if (before.verdict === 'pass' || after.verdict !== 'pass') return
        passes += 1
        const isFirst = facts.claims.every(({ witness }) => witness !== more.witness)
        if (before.verdict === 'incomplete') expect(isFirst && more.witness !== 'text').toBe(true)
        else {
          expect(more.text?.role).toBe('package')
          expect(facts.claims.some(states)).toBe(false)
        }
      }),
      RUNS,
    )
    expect(passes).toBeGreaterThan(5)
  })
})

test('one more entry in any allow list never turns a pass into a refusal', () => {
  let passes = 0
  const entry = fc.constantFrom('MIT', 'ISC', '0BSD', 'GPL-3.0-only', 'GPL-3.0-or-later', 'GPL-2.0-or-later')
  const where = fc.constantFrom('allow', 'production', 'dev', 'optional', 'workspace', 'exception')
  fc.assert(
    fc.property(anyPolicy, anyFacts, entry, where, (policy, facts, license, list) => {
      if (judged(policy, facts).verdict !== 'pass') return
      passes += 1
      const longer = withLists(policy, (entries, of) => (of === list ? [...entries, license] : [...entries]))
      expect(judged(longer, facts).verdict).toBe('pass')
    }),
    RUNS,
  )
  expect(passes).toBeGreaterThan(100)
})

/** The policy with each of its allow lists changed. */
function withLists(policy: Policy, change: (entries: readonly string[], list: string) => string[]): Policy {
  const { allow, scopes, workspaces, exceptions } = policy.licenses
  const changed = <Entry extends { allow: string[] }>(entry: Entry, list: string): Entry => ({
    ...entry,
    allow: change(entry.allow, list),
  })
  return {
    ...policy,
    licenses: {
      ...policy.licenses,
      allow: change(allow, 'allow'),
      scopes: {
        production: change(scopes.production, 'production'),
        dev: change(scopes.dev, 'dev'),
        optional: change(scopes.optional, 'optional'),
      },
      workspaces: workspaces.map((entry) => changed(entry, 'workspace')),
      exceptions: exceptions.map((entry) => changed(entry, 'exception')),
    },
  }
}

describe('order does not matter', () => {
  test('of claims', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, ranks, (policy, facts, order) => {
        const claims = shuffled(facts.claims, order)
        expect(answer(judged(policy, { ...facts, claims }))).toEqual(answer(judged(policy, facts)))
      }),
      RUNS,
    )
  })

  test('of the entries of allow lists', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, ranks, (policy, facts, order) => {
        const other = withLists(policy, (entries) => shuffled(entries, order))
        expect(answer(judged(other, facts))).toEqual(answer(judged(policy, facts)))
      }),
      RUNS,
    )
  })

  test('of packages: none of them learns from those before it', () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(anyFacts, { minLength: 2, maxLength: 5 }), (policy, all) => {
        const judge = createJudge(policy, NOW)
        const inOrder = all.map((facts) => judge(facts))
        expect(inOrder.map(answer)).toEqual(all.map((facts) => answer(judged(policy, facts))))
        const other = createJudge(policy, NOW)
        const reversed = all.toReversed().map((facts) => other(facts))
        expect(reversed.toReversed()).toEqual(inOrder)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a pass', () => {
  test('rests on a stated licence, and everything that is stated is allowed', () => {
    const kinds = new Map<string, number>()
    fc.assert(
      fc.property(anyPolicy, anyFacts, (policy, facts) => {
        const { verdict, conclusion } = judged(policy, facts)
        if (verdict !== 'pass') return
        kinds.set(conclusion, (kinds.get(conclusion) ?? 0) + 1)
        const leaves = allowedLeaves(policy, facts)
        if (conclusion === 'clarified') {
          expect(policy.licenses.clarify.some(({ license }) => isAllowed(license, leaves))).toBe(true)
          return
        }
        const fields = facts.claims.filter(({ witness }) => witness !== 'text')
        const stated = fields.filter(states).map(({ license }) => license ?? '')
        expect(stated.filter((license) => !isAllowed(license, leaves))).toEqual([])
        const named = [...stated, ...choicesOf(facts).flat()].join(' ')
        for (const ids of textsOf(facts)) {
          // A text that the field names is one of its alternatives; what is chosen was checked above.
          const isNamed = ids.some((id) => named.includes(id))
          if (!isNamed) expect(ids.filter((id) => !leaves.has(id))).toEqual([])
        }
        const isProprietary = fields.every(({ raw }) => raw === 'UNLICENSED')
        if (isProprietary) expect(leaves.has('UNLICENSED')).toBe(true)
        else expect(stated.length + textsOf(facts).length + choicesOf(facts).length).toBeGreaterThan(0)
      }),
      RUNS,
    )
    for (const conclusion of ['declared', 'text', 'clarified', 'conflict', 'unknown'])
      expect(kinds.get(conclusion), conclusion).toBeGreaterThan(0)
  })

  test('never stands beside a text that nobody knows, a witness that was not heard, or one that says no licence', () => {
    fc.assert(
      fc.property(anyPolicy, anyFacts, (policy, facts) => {
        const { verdict, conclusion } = judged(policy, facts)
        if (verdict !== 'pass' || conclusion === 'clarified') return
        const fields = facts.claims.filter(({ witness }) => witness !== 'text')
        const stated = fields.filter(states)
        expect(fields.filter(({ failure }) => failure !== undefined)).toEqual([])
        for (const witness of ['registry', 'installed']) {
          expect(fields.some((claim) => claim.witness === witness)).toBe(true)
        }
        if (stated.length > 0) expect(stated).toHaveLength(fields.length)
        // What is somebody's own licence has a text of its own.
        const isOwn =
          fields.every(({ raw }) => raw === 'UNLICENSED') ||
          (stated.length > 0 && stated.every(({ license }) => license?.includes('LicenseRef-')))
        const unknown = facts.claims.filter(
          ({ reason, text }) =>
            text?.role === 'package' &&
            (reason === 'unknown-text' || text.licenses.some(([id]) => id === NO_LICENSE)),
        )
        if (!isOwn) expect(unknown).toEqual([])
      }),
      RUNS,
    )
  })
})

/** The ids of each text or pointer that speaks for the package, but for files that leave a choice. */
function textsOf({ claims }: PackageFacts): string[][] {
  return claims.flatMap(({ text }) => {
    if (text === undefined || text.role === 'bundled' || text.choice === true) return []
    const known = text.licenses.filter(([id]) => id !== NO_LICENSE)
    return [...known, ...(text.mentions ?? []).map((id) => [id])]
  })
}

/** The ids of each text that may be chosen. */
function choicesOf({ claims }: PackageFacts): string[][] {
  return claims.flatMap(({ text }) => (text?.role === 'package' && text.choice === true ? text.licenses : []))
}
