/** Random packages with claims of all witnesses, and random policies to judge them by; with an oracle for what is allowed. */
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import type { Claim, TextClaim, Witness } from '#model/claim'
import type { DependencyKind } from '#model/inventory'
import type { FailureCode } from '#model/outcome'
import type { Clarification, Policy } from '#model/policy'
import type { PackageFacts } from '#policy/judge-package'
import { clarification, exception, facts, fails, mutters, policy, says } from './samples.ts'
import { textClaim } from './rules/cases.ts'

/** Single licences, each allowed by the very same entry; the open one covers the closed one too. */
const LEAVES = [
  'MIT',
  'ISC',
  '0BSD',
  'GPL-3.0-only',
  'GPL-3.0-or-later',
  'Apache-2.0 WITH LLVM-exception',
  'LicenseRef-own',
]
/** What a text claim must never hold; if it does, its text counts as unknown. */
export const NO_LICENSE = 'no licence'
const TEXT_IDS = [['MIT'], ['ISC'], ['0BSD'], ['GPL-3.0-only', 'GPL-3.0-or-later'], [NO_LICENSE]]
const SHAS = ['a'.repeat(64), 'b'.repeat(64)]

/** An expression as a list of alternatives, each a list of leaves that are all needed. */
const expression = fc
  .array(fc.array(fc.constantFrom(...LEAVES), { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 })
  .map((ways) => ways.map((needed) => (ways.length > 1 ? `(${needed.join(' AND ')})` : needed.join(' AND '))))
  .map((ways) => ways.join(' OR '))

const field = fc.constantFrom<Witness>('registry', 'installed')

const MUTE: [NonNullable<Claim['reason']>, unknown][] = [
  ['absent', undefined],
  ['absent', undefined],
  ['see-file', 'SEE LICENSE IN LICENSE'],
  ['ambiguous', 'GPL'],
  ['not-spdx', 'MIT style'],
  ['legacy-array', ['MIT', 'ISC']],
  ['unlicensed', 'UNLICENSED'],
  ['url', 'https://licence.example/'],
]

/** What a manifest says, or why it was not heard. */
const fieldClaim: fc.Arbitrary<Claim> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(field, expression).map(([who, text]) => says(who, text)) },
  { weight: 6, arbitrary: field.map((who) => says(who, 'MIT')) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(field, fc.constantFrom(...MUTE))
      .map(([who, [reason, raw]]) => mutters(who, reason, raw)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(field, fc.constantFrom<FailureCode>('not-found', 'timeout', 'offline'))
      .map(([who, code]) => fails(who, code)),
  },
)

const wholeText = fc.subarray(TEXT_IDS, { minLength: 1, maxLength: 2 })
const said: fc.Arbitrary<Partial<TextClaim>> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Partial<TextClaim>>({ licenses: [['MIT']] }) },
  { weight: 5, arbitrary: wholeText.map((licenses) => ({ licenses })) },
  { weight: 3, arbitrary: wholeText.map((licenses): Partial<TextClaim> => ({ licenses, choice: true })) },
  {
    weight: 3,
    arbitrary: fc
      .subarray(['MIT', 'ISC', 'GPL-3.0-only'], { maxLength: 2 })
      .map((mentions) => ({ licenses: [], mentions })),
  },
  { weight: 2, arbitrary: fc.constant<Partial<TextClaim>>({ licenses: [] }) },
  { weight: 1, arbitrary: wholeText.map((licenses) => ({ licenses, role: 'bundled' as const })) },
)

/** What a licence file is recognised as, in every way that there is. */
const fileClaim: fc.Arbitrary<Claim> = fc
  .tuple(fc.constantFrom('LICENSE', 'COPYING'), said)
  .map(([file, text]) => {
    const sha256 = createHash('sha256').update(JSON.stringify(text)).digest('hex')
    const reason = text.mentions ? 'pointer' : text.licenses?.length === 0 ? 'unknown-text' : undefined
    return textClaim({ file, sha256, ...text }, reason === undefined ? {} : { reason })
  })

/** Few licences, so that files often speak of the same ones. */
const FEW = ['MIT', '0BSD', 'GPL-3.0-only']
const few = fc.subarray(FEW, { minLength: 1, maxLength: 2 })
const texts = (ids: string[]): Partial<TextClaim> => ({ licenses: ids.map((id) => [id]) })
const names = (mentions: string[]): Partial<TextClaim> => ({ licenses: [], mentions })
/** What a file has, names or hints at; most often the choice between two texts, or one name. */
const shortSaid: fc.Arbitrary<Partial<TextClaim>> = fc.oneof(
  { weight: 4, arbitrary: fc.subarray(FEW, { minLength: 2, maxLength: 2 }).map(texts).map(leavingChoice) },
  { weight: 4, arbitrary: fc.constantFrom(...FEW).map((id) => names([id])) },
  few.map(texts),
  few.map(names).map(leavingChoice),
  fc.subarray(['mit', 'gpl'], { minLength: 1 }).map((families) => ({ licenses: [], mentions: [], families })),
  few.map((mentions) => ({ licenses: [], mentions, role: 'hint' as const })),
)

function leavingChoice(text: Partial<TextClaim>): Partial<TextClaim> {
  return { ...text, choice: true }
}

/** A file of a package in which several may speak of few licences in every way. */
export const anyFile: fc.Arbitrary<Claim> = fc
  .tuple(fc.constantFrom('A', 'B', 'C'), shortSaid)
  .map(([file, text]) =>
    textClaim(
      { file, sha256: createHash('sha256').update(JSON.stringify(text)).digest('hex'), ...text },
      text.mentions === undefined ? {} : { reason: 'pointer' },
    ),
  )

/** What both manifests of such a package say. */
export const anyFields: fc.Arbitrary<Claim[]> = fc
  .constantFrom(
    undefined,
    undefined,
    undefined,
    'MIT',
    '0BSD',
    'GPL-3.0-only',
    'MIT OR 0BSD',
    'MIT AND GPL-3.0-only',
  )
  .map((license) =>
    (['registry', 'installed'] as const).map((who) =>
      license === undefined ? mutters(who, 'absent') : says(who, license),
    ),
  )

/** Any claim. */
export const anyClaim = fc.oneof({ weight: 3, arbitrary: fieldClaim }, { weight: 2, arbitrary: fileClaim })

/** Facts of the sample package. */
export const anyFacts: fc.Arbitrary<PackageFacts> = fc
  .record({
    kinds: fc.subarray<DependencyKind>(['production', 'dev', 'optional', 'peer'], { minLength: 1 }),
    workspaces: fc.subarray(['.', 'packages/a'], { minLength: 1 }),
    claims: fc.oneof(
      fc.array(anyClaim, { maxLength: 5 }),
      // Both manifests were heard, as most often, and say the same.
      fc
        .tuple(
          fc.oneof(
            expression.map((text) => (who: Witness) => says(who, text)),
            fc.constantFrom(...MUTE).map(
              ([reason, raw]) =>
                (who: Witness) =>
                  mutters(who, reason, raw),
            ),
          ),
          fc.array(fileClaim, { maxLength: 3 }),
        )
        .map(([say, texts]) => [say('registry'), say('installed')].concat(texts)),
    ),
    clarifiedFiles: fc.constantFrom<PackageFacts['clarifiedFiles']>(
      [],
      [{ file: 'LICENSE', sha256: SHAS[0] ?? '' }],
      [
        { file: 'LICENSE', sha256: SHAS[0] ?? '' },
        { file: 'LICENSE', sha256: SHAS[1] ?? '' },
      ],
    ),
  })
  .map((more) => facts(more))

const list = fc.subarray(LEAVES.filter((leaf) => !leaf.startsWith('LicenseRef-')))
const anyException = fc
  .tuple(
    fc.constantFrom('left-pad', 'left-pad@^2', 'other'),
    fc.subarray([...LEAVES, 'UNLICENSED'], { minLength: 1 }),
    fc.constantFrom('2027-03-01', '2026-11-21', '2026-11-20'),
  )
  .map(([spec, allow, expires]) => exception(spec, allow, expires))
const anyClarification: fc.Arbitrary<Clarification> = fc
  .tuple(fc.constantFrom('left-pad', 'left-pad', 'other'), expression, fc.constantFrom(...SHAS))
  .map(([spec, license, sha256]) => clarification(spec, license, { files: [{ file: 'LICENSE', sha256 }] }))

/** A policy about licences, everything else as in the samples. */
export const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    allow: list,
    scopes: fc.record({ production: list, dev: list, optional: list }),
    workspaces: list.map((allow) => [
      { workspace: 'packages/a', allow, location: { file: 'depgate.config.json' } },
    ]),
    exceptions: fc.array(anyException, { maxLength: 2 }),
    clarify: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Clarification[]>([]) },
      { weight: 1, arbitrary: fc.array(anyClarification, { maxLength: 2 }) },
    ),
  })
  .map((licenses) => policy(licenses))

/** What each entry of an allow list covers, written by hand. */
function covered(entries: readonly string[]): Set<string> {
  return new Set([...entries, ...(entries.includes('GPL-3.0-or-later') ? ['GPL-3.0-only'] : [])])
}

function inAll(sets: readonly Set<string>[]): string[] {
  return LEAVES.filter((leaf) => sets.every((set) => set.has(leaf)))
}

/** The leaves that a policy allows for a package today: the lists of all ways that reach it, and exceptions. */
export function allowedLeaves({ licenses }: Policy, about: PackageFacts): Set<string> {
  const ways = about.kinds.map((kind) => covered(licenses.scopes[kind === 'peer' ? 'production' : kind]))
  const places = about.workspaces.map((place) =>
    covered(licenses.workspaces.find(({ workspace }) => workspace === place)?.allow ?? []),
  )
  const exceptions = licenses.exceptions.filter(
    ({ package: { text }, expires }) => text === 'left-pad' && expires >= '2026-11-21',
  )
  return new Set([
    ...covered(licenses.allow),
    ...inAll(ways),
    ...inAll(places),
    ...covered(exceptions.flatMap(({ allow }) => allow)),
  ])
}

/** Whether an expression as it is made here is allowed: one way of which each leaf is. */
export function isAllowed(text: string, leaves: ReadonlySet<string>): boolean {
  return text.split(' OR ').some((way) =>
    way
      .replaceAll(/[()]/g, '')
      .split(' AND ')
      .every((leaf) => leaves.has(leaf)),
  )
}
