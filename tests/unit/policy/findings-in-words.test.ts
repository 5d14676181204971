/**
 * What people read: message, fix and details of each finding, whole. The number after the rule is its fingerprint, by
 * which baselines and later runs know it: it must never change.
 */
import { expect, test } from 'vitest'
import type { Finding } from '#model/finding'
import type { PackageRules } from '#model/policy'
import { judgePolicyUse, judgeTree } from '#policy/judge-run'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts } from '#policy/judge-package'
import { duplicates } from '#policy/rules/package-duplicate'
import { ban, rulesPolicy, textClaim } from './rules/cases.ts'
import { both, clarification, exception, facts, fails, judge, mutters, NOW, policy, says } from './samples.ts'

function inWords(findings: readonly Finding[]): string {
  return findings
    .map(({ rule, severity, fingerprint, message, fix, details }) =>
      [
        `${rule} (${severity}) ${fingerprint.slice(0, 8)}`,
        message,
        ...(fix === undefined ? [] : [`fix: ${fix}`]),
        ...(details ?? []),
      ].join('\n'),
    )
    .join('\n\n')
}

function words(more: Partial<PackageFacts>, licenses: Parameters<typeof judge>[1] = {}): string {
  return inWords(judge(more, licenses).findings)
}

function ruleWords(more: Partial<PackageFacts>, packages: Partial<PackageRules>): string {
  return inWords(createJudge(rulesPolicy(packages), NOW)(facts(more)).findings)
}

const part = (...licenses: string[][]) => textClaim({ file: 'NOTICE', role: 'bundled', licenses })
const readingOf = (file: string) => clarification('left-pad', 'ISC', { files: [{ file, sha256: 'a' }] })
const absent = [mutters('registry', 'absent'), mutters('installed', 'absent')]
const unknownFile = (file: string, sha256: string) => textClaim({ file, sha256 }, { reason: 'unknown-text' })

test('a licence that is not allowed', () => {
  expect(words({ claims: both('GPL-3.0-only') })).toMatchInlineSnapshot(`
    "license-not-allowed (deny) 735b97d9
    left-pad@1.3.0 is GPL-3.0-only, which is not in licenses.allow
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "GPL-3.0-only"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }"
  `)
  expect(words({ claims: both('GPL-3.0-only AND MIT AND 0BSD') })).toMatchInlineSnapshot(`
    "license-not-allowed (deny) 5f1d41e0
    left-pad@1.3.0 is GPL-3.0-only AND MIT AND 0BSD; GPL-3.0-only and 0BSD are not in licenses.allow
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "GPL-3.0-only",
        "0BSD"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }
    GPL-3.0-only: not in licenses.allow
    MIT: in licenses.allow
    0BSD: not in licenses.allow"
  `)
  expect(words({ claims: both('GPL-3.0-only AND MIT') })).toMatchInlineSnapshot(`
    "license-not-allowed (deny) e27e632e
    left-pad@1.3.0 is GPL-3.0-only AND MIT; GPL-3.0-only is not in licenses.allow
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "GPL-3.0-only"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }
    GPL-3.0-only: not in licenses.allow
    MIT: in licenses.allow"
  `)
})

test('a conflict, refused or not', () => {
  const text = textClaim({ licenses: [['GPL-3.0-only']] })
  expect(words({ claims: [...both('MIT'), text] })).toMatchInlineSnapshot(`
    "license-conflict (deny) ab9261ca
    left-pad@1.3.0 has claims that differ: MIT (registry, installed), GPL-3.0-only (LICENSE); GPL-3.0-only is not in licenses.allow
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "GPL-3.0-only"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }"
  `)
  const allow = ['MIT', 'GPL-3.0-only']
  expect(words({ claims: [...both('MIT'), text] }, { allow })).toMatchInlineSnapshot(`
    "license-conflict (warn) ab9261ca
    left-pad@1.3.0 has claims that differ: MIT (registry, installed), GPL-3.0-only (LICENSE); each is allowed"
  `)
})

test('an unknown licence, and what each side says', () => {
  expect(words({ claims: absent })).toMatchInlineSnapshot(`
    "license-unknown (deny) 8a54f38c
    left-pad@1.3.0 has no licence that could be established: no licence is named (registry, installed)
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "file": "LICENSE",
      "sha256": "…",
      "reason": "…"
    }"
  `)
  const bsd = [mutters('registry', 'ambiguous', 'BSD'), mutters('installed', 'absent', '  ')]
  expect(words({ claims: [...bsd, textClaim({ licenses: [['MIT']] })] })).toMatchInlineSnapshot(`
    "license-unknown (deny) 479be926
    left-pad@1.3.0 has no licence that could be established: "BSD", which names no single licence (registry), no licence is named (installed), MIT (LICENSE)
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "file": "LICENSE",
      "sha256": "…",
      "reason": "…"
    }"
  `)
  const long = mutters('installed', 'not-spdx', 'x'.repeat(81))
  const claims = [mutters('registry', 'not-spdx', 'y'.repeat(80)), long]
  expect(words({ claims })).toMatchInlineSnapshot(`
    "license-unknown (deny) 1c940585
    left-pad@1.3.0 has no licence that could be established: "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy", which is no SPDX expression (registry), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", which is no SPDX expression (installed)
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "file": "LICENSE",
      "sha256": "…",
      "reason": "…"
    }"
  `)
  const silent = { ...says('installed', 'x'), license: 'no expression' }
  expect(words({ claims: [says('registry', 'MIT'), silent] })).toMatchInlineSnapshot(`
    "license-unknown (deny) 576926b2
    left-pad@1.3.0 has no licence that could be established: MIT (registry), "x", nothing that can be read (installed)
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "file": "LICENSE",
      "sha256": "…",
      "reason": "…"
    }"
  `)
  expect(words({ claims: [says('registry', 'MIT'), mutters('installed', 'unlicensed', 'UNLICENSED')] }))
    .toMatchInlineSnapshot(`
      "license-unknown (deny) f40bfc78
      left-pad@1.3.0 has no licence that could be established: MIT (registry), UNLICENSED, no licence is granted (installed)
      fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
      {
        "package": "left-pad@1.3.0",
        "license": "…",
        "file": "LICENSE",
        "sha256": "…",
        "reason": "…"
      }"
    `)
  expect(words({ claims: [fails('registry', 'not-found'), says('installed', 'MIT')] }))
    .toMatchInlineSnapshot(`
      "license-unknown (deny) 8b8f5918
      left-pad@1.3.0 has no licence that could be established: the registry does not know this version
      fix: Check that the package comes from the registry that you use (something about not-found). Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
      {
        "package": "left-pad@1.3.0",
        "license": "…",
        "file": "LICENSE",
        "sha256": "…",
        "reason": "…"
      }"
    `)
})

test('UNLICENSED, with exceptions that do not help', () => {
  const claims = ['registry', 'installed'].map((who) =>
    mutters(who === 'registry' ? 'registry' : 'installed', 'unlicensed', 'UNLICENSED'),
  )
  const exceptions = [exception('left-pad', ['0BSD', 'Zlib'])]
  expect(words({ claims }, { exceptions })).toMatchInlineSnapshot(`
    "license-unknown (deny) f40bfc78
    left-pad@1.3.0 has no licence that could be established: UNLICENSED, no licence is granted (registry, installed); the exception for "left-pad" allows 0BSD, Zlib, but UNLICENSED was found
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "UNLICENSED"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }"
  `)
  const lapsed = [exception('left-pad', ['UNLICENSED'], '2026-11-20')]
  expect(words({ claims }, { exceptions: lapsed })).toMatchInlineSnapshot(`
    "license-unknown (deny) f40bfc78
    left-pad@1.3.0 has no licence that could be established: UNLICENSED, no licence is granted (registry, installed); the exception for "left-pad" lapsed on 2026-11-20
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "UNLICENSED"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }

    exception-lapsed (deny) bdade475
    left-pad@1.3.0 needs the exception for "left-pad", which lapsed on 2026-11-20
    fix: Ask legal whether it still holds, and give it a new date or remove it."
  `)
})

test('a text that nobody knows names the file to read and its hash', () => {
  const [a, b] = ['a'.repeat(64), 'b'.repeat(64)]
  const one = [...both('MIT'), unknownFile('LICENSE', a)]
  expect(words({ claims: one })).toMatchInlineSnapshot(`
    "license-text-unknown (deny) 90428d27
    left-pad@1.3.0 has a licence text that is none of the known ones: LICENSE
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "file": "LICENSE",
      "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "reason": "…"
    }
    LICENSE: like no known text"
  `)
  expect(words({ claims: [...one, unknownFile('COPYING', b)] })).toMatchInlineSnapshot(`
    "license-text-unknown (deny) 3747087e
    left-pad@1.3.0 has a licence text that is none of the known ones: LICENSE, COPYING
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "files": [
        {
          "file": "LICENSE",
          "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        },
        {
          "file": "COPYING",
          "sha256": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
        }
      ],
      "reason": "…"
    }
    LICENSE: like no known text
    COPYING: like no known text"
  `)
  expect(words({ claims: [...both('MIT'), unknownFile('LICENSE', '')] })).toMatchInlineSnapshot(`
    "license-text-unknown (deny) 5d8621a5
    left-pad@1.3.0 has a licence text that is none of the known ones: LICENSE
    fix: Read the licence text inside the package (depgate clarify left-pad@1.3.0 shows it) and record what it is in licenses.clarify of depgate.config.json:
    {
      "package": "left-pad@1.3.0",
      "license": "…",
      "file": "LICENSE",
      "sha256": "…",
      "reason": "…"
    }
    LICENSE: like no known text"
  `)
})

test('clarifications that do not count', () => {
  const sha256 = 'a'.repeat(64)
  const read = [{ file: 'LICENSE', sha256 }]
  const clarify = [clarification('left-pad', 'ISC')]
  expect(words({}, { clarify })).toMatchInlineSnapshot(`
    "clarification-stale (deny) ea7250f6
    left-pad@1.3.0 is not covered by the clarification for "left-pad": LICENSE was not read
    fix: Read LICENSE again; if it still means ISC, put the new sha256 into the clarification, else remove it."
  `)
  expect(words({ clarifiedFiles: [{ file: 'LICENSE', sha256: 'b'.repeat(64) }] }, { clarify }))
    .toMatchInlineSnapshot(`
      "clarification-stale (deny) ea7250f6
      left-pad@1.3.0 is not covered by the clarification for "left-pad": the sha256 of LICENSE is now bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
      fix: Read LICENSE again; if it still means ISC, put the new sha256 into the clarification, else remove it."
    `)
  const failure = { code: 'too-large' as const, message: 'LICENSE is too large' }
  expect(words({ clarifiedFiles: [{ file: 'LICENSE', failure }] }, { clarify })).toMatchInlineSnapshot(`
    "clarification-stale (deny) ea7250f6
    left-pad@1.3.0 is not covered by the clarification for "left-pad": LICENSE is too large
    fix: Read LICENSE again; if it still means ISC, put the new sha256 into the clarification, else remove it."
  `)
  expect(words({ clarifiedFiles: [{ file: 'LICENSE' }] }, { clarify })).toMatchInlineSnapshot(`
    "clarification-stale (deny) ea7250f6
    left-pad@1.3.0 is not covered by the clarification for "left-pad": LICENSE could not be read
    fix: Read LICENSE again; if it still means ISC, put the new sha256 into the clarification, else remove it."
  `)
  const noFile = [clarification('left-pad', 'ISC', { files: [] })]
  expect(words({}, { clarify: noFile })).toMatchInlineSnapshot(`
    "clarification-stale (deny) 8d3816c7
    left-pad@1.3.0 is not covered by the clarification for "left-pad": it names no file
    fix: Read  again; if it still means ISC, put the new sha256 into the clarification, else remove it."
  `)
  const prose = [clarification('left-pad', 'my own')]
  expect(words({ clarifiedFiles: read }, { clarify: prose })).toMatchInlineSnapshot(`
    "clarification-stale (deny) ea7250f6
    left-pad@1.3.0 is not covered by the clarification for "left-pad": its license is no expression
    fix: Read LICENSE again; if it still means my own, put the new sha256 into the clarification, else remove it."
  `)
  const two = [
    clarification('left-pad', 'ISC'),
    clarification('left-pad@1', 'MIT', { files: [...read, ...read] }),
  ]
  expect(words({ clarifiedFiles: read }, { clarify: two })).toMatchInlineSnapshot(`
    "clarification-stale (deny) ea7250f6
    left-pad@1.3.0 is not covered by the clarification for "left-pad": another clarification of the same package reads it differently
    fix: Read LICENSE again; if it still means ISC, put the new sha256 into the clarification, else remove it.

    clarification-stale (deny) 39e49f40
    left-pad@1.3.0 is not covered by the clarification for "left-pad@1": another clarification of the same package reads it differently
    fix: Read LICENSE, LICENSE again; if it still means MIT, put the new sha256 into the clarification, else remove it."
  `)
})

test('integrity', () => {
  const one = `sha512-${'A'.repeat(86)}==`
  const other = `sha512-${'B'.repeat(86)}==`
  expect(words({ integrity: { lockfile: [one], registry: [other] } })).toMatchInlineSnapshot(`
    "integrity-mismatch (deny) 3941c5d6
    left-pad@1.3.0 has another integrity in the registry than in the lockfile
    fix: Find out who changed it before anything is installed: a published version never changes.
    lockfile: sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==
    registry: sha512-BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB=="
  `)
  expect(words({ integrity: { lockfile: [], registry: [other], addressed: [''] } })).toMatchInlineSnapshot(`
    "integrity-mismatch (deny) 2f54721e
    left-pad@1.3.0 has an address in the lockfile, but no integrity that could be compared with the registry's
    fix: Remove its entry from the lockfile and run npm install: npm writes both."
  `)
  expect(words({ integrity: { lockfile: [], registry: [], missing: true } })).toMatchInlineSnapshot(`
    "integrity-missing (warn) 64ac19d3
    left-pad@1.3.0 has no integrity in the lockfile
    fix: Remove its entry from the lockfile and run npm install: npm writes a strong integrity."
  `)
  expect(words({ integrity: { lockfile: ['sha1-x'], registry: [] } })).toMatchInlineSnapshot(`
    "integrity-missing (warn) 02cc7118
    left-pad@1.3.0 has only a weak integrity in the lockfile: SHA-1 can be forged
    fix: Remove its entry from the lockfile and run npm install: npm writes a strong integrity."
  `)
})

test('where it comes from, and that it ships no text', () => {
  const git = { source: 'git' as const, expected: ['installed' as const], claims: [says('installed', 'MIT')] }
  expect(words(git)).toMatchInlineSnapshot(`
    "source-not-registry (warn) 13e0eaf3
    left-pad@1.3.0 comes from a git dependency: only its installed copy was heard
    fix: Use a published version, if there is one."
  `)
  expect(words({ textsRead: true })).toMatchInlineSnapshot(`
    "license-text-missing (warn) ffe34fcb
    left-pad@1.3.0 ships no licence text
    fix: Most licences ask that their text goes with every copy: ask the author to add a LICENSE file, or take the text from the source repository into your own notices."
  `)
  const registries = { base: 'https://registry.example/', names: ['default'] }
  const strict = { ...policy(), sources: { ...policy().sources, registries: ['@acme'] } }
  expect(inWords(createJudge(strict, NOW)(facts({ registry: registries })).findings)).toMatchInlineSnapshot(`
    "source-registry (deny) 89fda23c
    left-pad@1.3.0 comes from the registry https://registry.example/, which sources.registries does not name
    fix: Use a package of a registry that is named, or add "https://registry.example/" to sources.registries in depgate.config.json."
  `)
})

test('a witness that was not asked', () => {
  expect(words({ claims: [] })).toMatchInlineSnapshot(`
    "metadata-unavailable (deny) b1e78d42
    the registry was not asked for left-pad@1.3.0
    fix: Run again: what was obtained is kept, and the next run goes on from there.

    metadata-unavailable (deny) d209ed60
    left-pad@1.3.0 has no installed copy that could be read
    fix: Install the project with npm ci."
  `)
})

test('bans, age and deprecation', () => {
  const old = { version: '1.3.0' }
  expect(ruleWords(old, { ban: [ban('left-pad'), ban('left-pad@^1', 'String#padStart')] }))
    .toMatchInlineSnapshot(`
      "package-banned (deny) 233a2fde
      left-pad@1.3.0 is banned: it was hijacked
      fix: Remove what brings it in. left-pad@1.3.0 is brought in by some-lib@2.1.0. The ban is in packages.ban of depgate.config.json:12.

      package-banned (deny) 29f455c9
      left-pad@1.3.0 is banned: it was hijacked
      fix: Use String#padStart instead. left-pad@1.3.0 is brought in by some-lib@2.1.0. The ban is in packages.ban of depgate.config.json:12."
    `)
  const nowhere = { ...ban('left-pad@^1'), location: { file: 'base.json' } }
  expect(ruleWords({ version: 'main' }, { ban: [nowhere] })).toMatchInlineSnapshot(`
    "package-banned (deny) 29f455c9
    left-pad@1.3.0 has a version that cannot be compared with the banned range of "left-pad@^1": it was hijacked
    fix: Remove what brings it in. left-pad@1.3.0 is brought in by some-lib@2.1.0. The ban is in packages.ban of depgate.config.json."
  `)
  const minimumAgeMs = 86_400_000
  expect(ruleWords({ published: { ok: true, value: NOW } }, { minimumAgeMs })).toMatchInlineSnapshot(`
    "package-too-young (deny) 8a992f98
    left-pad@1.3.0 was published on 2026-11-21 12:00 UTC and is younger than 1 day
    fix: Wait until 2026-11-22 12:00 UTC, or use an older version."
  `)
  expect(ruleWords({ published: { ok: true, value: NOW } }, { minimumAgeMs: 3 * minimumAgeMs }))
    .toMatchInlineSnapshot(`
      "package-too-young (deny) 8a992f98
      left-pad@1.3.0 was published on 2026-11-21 12:00 UTC and is younger than 3 days
      fix: Wait until 2026-11-24 12:00 UTC, or use an older version."
    `)
  expect(ruleWords({ published: { ok: true, value: 'none' } }, { minimumAgeMs })).toMatchInlineSnapshot(`
    "package-too-young (deny) a8882ff1
    left-pad@1.3.0 has an age that could not be checked: the registry does not say when it was published
    fix: Use a registry that gives the time of each version, or remove packages.minimumAge."
  `)
  expect(ruleWords({}, { minimumAgeMs })).toMatchInlineSnapshot(`
    "package-too-young (deny) c0905df1
    left-pad@1.3.0 has an age that could not be checked: the registry was not asked when left-pad@1.3.0 was published
    fix: Run again: what was obtained is kept."
  `)
  const failure = { code: 'timeout' as const, message: 'no answer', fix: 'Wait.' }
  expect(ruleWords({ published: { ok: false, failure } }, { minimumAgeMs })).toMatchInlineSnapshot(`
    "package-too-young (deny) b22c0d18
    left-pad@1.3.0 has an age that could not be checked: no answer
    fix: Wait."
  `)
  const text = ` use\n  something ${'else '.repeat(60)}`
  expect(ruleWords({ deprecated: { text, at: '2026-11-20T00:00:00Z' } }, {})).toMatchInlineSnapshot(`
    "package-deprecated (warn) 0f2bd3a3
    left-pad@1.3.0 is deprecated (as of 2026-11-20): use something else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else else e…
    fix: Update to a version that is not deprecated, or replace the package as its author says."
  `)
})

test('parts of others under one licence or two', () => {
  expect(words({ claims: [...both('MIT'), part(['0BSD'])] })).toMatchInlineSnapshot(`
    "bundled-license-not-allowed (warn) c71c9f65
    left-pad@1.3.0 carries parts of others under 0BSD, which is not in licenses.allow
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "0BSD"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }
    NOTICE: 0BSD"
  `)
  expect(words({ claims: [...both('MIT'), part(['0BSD'], ['Zlib'])] })).toMatchInlineSnapshot(`
    "bundled-license-not-allowed (warn) 54870743
    left-pad@1.3.0 carries parts of others under 0BSD and Zlib, which are not in licenses.allow
    fix: left-pad@1.3.0 is brought in by some-lib@2.1.0. To accept it for a time, run depgate except left-pad@1.3.0 or add this to licenses.exceptions in depgate.config.json:
    {
      "package": "left-pad@^1.3.0",
      "allow": [
        "0BSD",
        "Zlib"
      ],
      "reason": "…",
      "owner": "…",
      "expires": "2027-02-19"
    }
    NOTICE: 0BSD
    NOTICE: Zlib"
  `)
})

test('entries of the policy that nothing needs', () => {
  const location = { file: 'depgate.config.json', line: 3 }
  const { licenses } = policy({
    written: [{ license: 'Zlib', location }],
    exceptions: [exception('left-pad', ['0BSD'], '2026-11-20'), exception('other', ['0BSD'])],
    clarify: [clarification('left-pad', 'ISC')],
  })
  const used = { exceptions: new Set<number>(), clarifications: new Set<number>(), licenses: [] }
  const extent = { now: NOW, complete: true, narrowed: false }
  expect(inWords(judgePolicyUse({ licenses }, used, extent))).toMatchInlineSnapshot(`
    "allow-unused (warn) 9fc41bcc
    Zlib in licenses.allow is needed by no package
    fix: Remove it.

    exception-lapsed (warn) af92f415
    the exception for "left-pad" lapsed on 2026-11-20
    fix: Remove it: nothing needs it in this run.

    exception-unused (warn) 7de80011
    the exception for "other" is not needed by any package
    fix: Remove it.

    clarification-unused (warn) f2df8a7b
    the clarification for "left-pad" matches no package
    fix: Remove it."
  `)
})

test('problems of the tree', () => {
  const path = ['app@1.0.0', 'c@1.0.0', 'a@1.0.0']
  const problems = [
    { type: 'missing' as const, package: 'b', message: 'b is missing', path },
    { type: 'no-lockfile' as const, message: 'there is no lockfile' },
  ]
  expect(inWords(judgeTree(problems))).toMatchInlineSnapshot(`
    "dependency-missing (deny) 4c951c6c
    b is missing
    fix: Install the project with npm ci.

    no-lockfile (warn) 43cbec9e
    there is no lockfile
    fix: Make a lockfile with npm install --package-lock-only."
  `)
})

test('several versions of one package', () => {
  const packages = ['1.0.0', '2.0.0'].map((version) => ({ name: 'a', version, locations: [version] }))
  const tree = { instances: [], edges: [] }
  expect(inWords(duplicates(packages, tree, 'warn'))).toMatchInlineSnapshot(`
    "package-duplicate (warn) 5a680ac9
    a is in the tree in 2 versions: 1.0.0, 2.0.0
    fix: Run npm dedupe; where that does not help, update what asks for the older version.
    1.0.0 is asked for by nothing that is left in the tree
    2.0.0 is asked for by nothing that is left in the tree"
  `)
  expect(duplicates(packages, tree, 'warn')[0]).not.toHaveProperty('location')
})

test('two findings of one rule about one package are two, whenever something else is wrong', () => {
  const pairs: [Partial<PackageFacts>, Partial<PackageFacts>][] = [
    [
      { claims: absent },
      { claims: [mutters('registry', 'url', 'https://x.example'), mutters('installed', 'absent')] },
    ],
    [{ claims: absent }, { claims: [fails('registry', 'not-found'), says('installed', 'MIT')] }],
    [
      { claims: [...both('MIT'), textClaim({ licenses: [['0BSD']] })] },
      { claims: [...both('MIT'), textClaim({ licenses: [['Zlib']] })] },
    ],
    [
      { claims: [...both('MIT'), unknownFile('LICENSE', 'a'.repeat(64))] },
      { claims: [...both('MIT'), unknownFile('LICENSE', 'b'.repeat(64))] },
    ],
    [
      { integrity: { lockfile: ['sha1-x'], registry: [] } },
      { integrity: { lockfile: [], registry: [], missing: true } },
    ],
    [
      { integrity: { lockfile: [], registry: ['sha512-AA=='], addressed: [''] } },
      { integrity: { lockfile: ['sha512-BB=='], registry: ['sha512-AA=='] } },
    ],
  ]
  for (const [one, other] of pairs) {
    const [first, second] = [one, other].map((more) => judge(more).findings[0])
    expect(first?.rule).toBe(second?.rule)
    expect(first?.fingerprint).not.toBe(second?.fingerprint)
  }
  const [a, b] = ['A', 'B'].map((file) => judge({}, { clarify: [readingOf(file)] }).findings[0]?.fingerprint)
  expect(a).not.toBe(b)
})
