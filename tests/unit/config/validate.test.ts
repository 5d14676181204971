import { readJson } from '#config/json-source'
import { emptyPolicy } from '#config/to-policy'
import { validatePolicy } from '#config/validate'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

const EXCEPTION = {
  package: 'sharp@^0.34',
  allow: ['LGPL-3.0-or-later'],
  reason: 'linked, not changed',
  owner: 'legal',
  expires: '2027-03-01',
}
const CLARIFICATION = {
  package: 'taffydb@2.6.2',
  license: 'BSD-1-Clause',
  file: 'taffy.js',
  sha256: 'A'.repeat(64),
  reason: 'read',
}

const containing = (text: string): unknown => expect.stringContaining(text)
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)
const sha256 = (raw: unknown) => policyOf(raw).sha256
const distinct = (list: unknown): unknown => (Array.isArray(list) ? [...new Set<unknown>(list)] : list)
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

function policyOf(raw: unknown) {
  const result = validatePolicy(raw, { file: '<inline>' })
  return result.ok ? result.policy : expect.unreachable(JSON.stringify(result.errors))
}

/** Errors of a policy text; `§` marks where the only error must be. */
function errorsOf(marked: string) {
  const text = marked.replace('§', '')
  const read = readJson(text)
  if (!read.ok) return expect.unreachable(read.problem.message)
  const result = validatePolicy(read.source.value, { file: 'p.json', place: read.source.place })
  return result.ok ? expect.unreachable('no error was found') : result.errors
}

function markOf(marked: string) {
  const before = marked.slice(0, marked.indexOf('§')).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

describe('a valid policy', () => {
  test('with everything in it', () => {
    const policy = policyOf({
      $schema: './schema.json',
      licenses: {
        allow: ['MIT'],
        scopes: { dev: { allow: ['CC-BY-4.0'] } },
        exceptions: [EXCEPTION],
        clarify: [CLARIFICATION],
      },
      firstParty: [{ package: '@acme/*' }],
      network: { concurrency: 1, requestsPerSecond: 50, timeout: '500ms' },
      cache: { ttl: '3d', redis: { url: 'env:DEPGATE_REDIS_URL', mode: 'read-only' } },
      history: { runs: 12, days: 365, keep: 'fewer' },
      deadline: '5m',
    })
    const location = { file: '<inline>' }
    expect(policy).toEqual({
      file: '<inline>',
      sha256: matching(/^[0-9a-f]{64}$/),
      licenses: {
        allow: ['MIT'],
        scopes: { production: [], dev: ['CC-BY-4.0'], optional: [] },
        workspaces: [],
        written: [
          { license: 'MIT', location },
          { license: 'CC-BY-4.0', scope: 'dev', location },
        ],
        exceptions: [
          { ...EXCEPTION, package: { text: 'sharp@^0.34', name: 'sharp', range: '^0.34' }, location },
        ],
        clarify: [
          {
            license: CLARIFICATION.license,
            files: [{ file: CLARIFICATION.file, sha256: 'a'.repeat(64) }],
            reason: CLARIFICATION.reason,
            package: { text: 'taffydb@2.6.2', name: 'taffydb', range: '2.6.2' },
            location,
          },
        ],
      },
      packages: {
        ban: [],
        duplicates: 'off',
        deprecated: 'warn',
        relicensed: 'warn',
        minimumAgeMs: 0,
        licenseText: 'warn',
        bundledLicenses: 'warn',
      },
      sources: {
        registries: [],
        git: 'warn',
        file: 'warn',
        url: 'warn',
        integrity: 'warn',
        addresses: 'deny',
      },
      advisories: { level: 'high', ignore: [], maxAgeMs: 604_800_000, unavailable: 'warn' },
      notify: [],
      firstParty: [{ package: { text: '@acme/*', name: '@acme/*', range: '*' }, location }],
      forecast: {
        relicensed: 'warn',
        licenseLost: 'warn',
        repositoryMissing: 'warn',
        silent: 'off',
        silentAfterMs: 94_608_000_000,
      },
      baseline: { stale: 'warn', file: 'depgate.baseline.json', exists: false, entries: [] },
      network: { concurrency: 1, requestsPerSecond: 50, timeoutMs: 500 },
      cache: { ttlMs: 259_200_000, redis: { variable: 'DEPGATE_REDIS_URL', mode: 'read-only' } },
      history: { runs: 12, days: 365, keep: 'fewer' },
      deadlineMs: 300_000,
    })
  })

  test('with next to nothing in it gets the defaults', () => {
    expect(policyOf({ licenses: { allow: ['MIT'] } })).toMatchObject({
      licenses: {
        allow: ['MIT'],
        scopes: { production: [], dev: [], optional: [] },
        exceptions: [],
        clarify: [],
      },
      firstParty: [],
      network: { concurrency: 64, requestsPerSecond: 3000, timeoutMs: 3000 },
      cache: { ttlMs: 86_400_000 },
      deadlineMs: 10_000,
    })
  })

  test('with several files of a clarification, and with lists, rules and sources of every kind', () => {
    const { file, sha256: hash, ...entry } = CLARIFICATION
    const files = [
      { file, sha256: hash },
      { file: 'NOTICE', sha256: 'b'.repeat(64) },
    ]
    const policy = policyOf({
      licenses: {
        allow: ['MIT'],
        scopes: { production: { allow: ['ISC'] }, optional: { allow: ['Zlib'] } },
        workspaces: { 'packages/web': { allow: ['CC-BY-4.0'] }, '.': { allow: ['0BSD'] } },
        clarify: [{ ...entry, files }],
      },
      packages: {
        ban: [{ package: 'event-stream@3.3.6', reason: 'malware', use: 'streams' }],
        duplicates: 'deny',
        deprecated: 'off',
        relicensed: 'deny',
        minimumAge: '3d',
        licenseText: 'deny',
        bundledLicenses: 'off',
      },
      sources: {
        registries: ['default', '@acme', 'https://registry.example/npm/'],
        git: 'deny',
        file: 'off',
        url: 'deny',
        integrity: 'deny',
      },
      forecast: { relicensed: 'deny', silent: 'warn', silentAfter: '500d' },
    })
    const location = { file: '<inline>' }
    expect(policy.licenses).toMatchObject({
      scopes: { production: ['ISC'], dev: [], optional: ['Zlib'] },
      workspaces: [
        { workspace: '.', allow: ['0BSD'], location },
        { workspace: 'packages/web', allow: ['CC-BY-4.0'], location },
      ],
      clarify: [{ files: [{ file, sha256: 'a'.repeat(64) }, files[1]] }],
      written: [
        { license: 'MIT' },
        { license: 'ISC', scope: 'production' },
        { license: 'Zlib', scope: 'optional' },
        { license: 'CC-BY-4.0', workspace: 'packages/web' },
        { license: '0BSD', workspace: '.' },
      ],
    })
    expect(policy.licenses.clarify[0]).not.toHaveProperty('file')
    expect(policy.packages).toEqual({
      ban: [
        {
          package: { text: 'event-stream@3.3.6', name: 'event-stream', range: '3.3.6' },
          reason: 'malware',
          use: 'streams',
          location,
        },
      ],
      duplicates: 'deny',
      deprecated: 'off',
      relicensed: 'deny',
      minimumAgeMs: 259_200_000,
      licenseText: 'deny',
      bundledLicenses: 'off',
    })
    expect(policy.sources).toEqual({
      registries: ['default', '@acme', 'https://registry.example/npm/'],
      git: 'deny',
      file: 'off',
      url: 'deny',
      integrity: 'deny',
      addresses: 'deny',
    })
    expect(policy.forecast).toEqual({
      relicensed: 'deny',
      licenseLost: 'warn',
      repositoryMissing: 'warn',
      silent: 'warn',
      silentAfterMs: 43_200_000_000,
    })
    expect(policyOf({ licenses: { allow: [] }, packages: { minimumAge: 'off' } }).packages.minimumAgeMs).toBe(
      0,
    )
  })

  test('ignored advisories have a reason, a date and an id', () => {
    const entry = { id: 'GHSA-35jh-r3h4-6jhm', package: 'lodash@^4', reason: 'r', expires: '2027-01-01' }
    const { advisories } = policyOf({
      licenses: { allow: [] },
      advisories: { level: 'low', maxAge: '2d', unavailable: 'deny', ignore: [entry] },
    })
    expect(advisories).toEqual({
      level: 'low',
      maxAgeMs: 172_800_000,
      unavailable: 'deny',
      ignore: [
        {
          ...entry,
          package: { text: 'lodash@^4', name: 'lodash', range: '^4' },
          location: { file: '<inline>' },
        },
      ],
    })
  })

  test('whom an audit tells is named by variables', () => {
    const { notify } = policyOf({
      licenses: { allow: [] },
      notify: [
        { type: 'webhook', url: 'env:DEPGATE_WEBHOOK_URL', secret: 'env:DEPGATE_WEBHOOK_SECRET' },
        { type: 'slack', url: 'env:DEPGATE_SLACK_URL' },
        { type: 'github-issue', repository: 'env:DEPGATE_ISSUE_REPOSITORY' },
        { type: 'github-issue', token: 'env:DEPGATE_BOT_TOKEN' },
      ],
    })
    expect(notify).toEqual([
      { type: 'webhook', url: 'DEPGATE_WEBHOOK_URL', secret: 'DEPGATE_WEBHOOK_SECRET' },
      { type: 'slack', url: 'DEPGATE_SLACK_URL' },
      { type: 'github-issue', token: 'GITHUB_TOKEN', repository: 'DEPGATE_ISSUE_REPOSITORY' },
      { type: 'github-issue', token: 'DEPGATE_BOT_TOKEN' },
    ])
  })

  test.each([
    ['an address', { type: 'webhook', url: 'https://evil.example/' }],
    ['a variable of somebody else', { type: 'webhook', url: 'env:AWS_URL' }],
    ['a variable that holds something else', { type: 'webhook', url: 'env:DEPGATE_CACHE_KEY' }],
    ['a key that is no key', { type: 'webhook', url: 'env:DEPGATE_X_URL', secret: 'env:DEPGATE_CACHE_KEY' }],
    ['a token that is none', { type: 'github-issue', token: 'env:DEPGATE_WEBHOOK_SECRET' }],
    ['a repository', { type: 'github-issue', repository: 'evil/repo' }],
    ['no address', { type: 'slack' }],
    ['a key of another type', { type: 'slack', url: 'env:DEPGATE_SLACK_URL', token: 'env:GITHUB_TOKEN' }],
    ['a type that nobody knows', { type: 'mail', url: 'env:DEPGATE_MAIL_URL' }],
  ])('nobody is told by %s', (_, target) => {
    const checked = validatePolicy({ licenses: { allow: [] }, notify: [target] }, { file: '<inline>' })
    expect(checked).toMatchObject({
      ok: false,
      errors: [{ key: expect.stringMatching(/^notify\[0\]/) as unknown }],
    })
    expect(JSON.stringify(checked)).not.toContain('evil')
  })

  test('a key that is undefined is not there', () => {
    expect(policyOf({ licenses: { allow: [] }, deadline: undefined }).deadlineMs).toBe(10_000)
  })

  test('an exception whose date has passed is valid: its lapse is a finding, not an error', () => {
    const lapsed = { ...EXCEPTION, expires: '2001-01-01' }
    expect(policyOf({ licenses: { allow: [], exceptions: [lapsed] } }).licenses.exceptions).toHaveLength(1)
  })

  test('entries know their line', () => {
    const text = `{ "licenses": { "allow": [],
      "exceptions": [
        ${JSON.stringify(EXCEPTION)},
        ${JSON.stringify(EXCEPTION)} ],
      "clarify": [ ${JSON.stringify(CLARIFICATION)} ] },
      "firstParty": [
        { "package": "x" } ] }`
    const read = readJson(text)
    if (!read.ok) return expect.unreachable()
    const result = validatePolicy(read.source.value, { file: 'p.json', place: read.source.place })
    if (!result.ok) return expect.unreachable()
    const { licenses, firstParty } = result.policy
    expect(licenses.exceptions.map((entry) => entry.location)).toEqual([
      { file: 'p.json', line: 3 },
      { file: 'p.json', line: 4 },
    ])
    expect(licenses.clarify[0]?.location).toEqual({ file: 'p.json', line: 5 })
    expect(firstParty[0]?.location).toEqual({ file: 'p.json', line: 7 })
  })
})

describe('sha256', () => {
  test('does not depend on the order of keys, the schema or defaults that are written out', () => {
    const a = sha256({ licenses: { allow: ['MIT'], exceptions: [EXCEPTION] } })
    const reordered = Object.fromEntries(Object.entries(EXCEPTION).toReversed())
    expect(
      sha256({ deadline: '10000ms', $schema: 'x', licenses: { exceptions: [reordered], allow: ['MIT'] } }),
    ).toBe(a)
    expect(
      validatePolicy({ licenses: { exceptions: [EXCEPTION], allow: ['MIT'] } }, { file: 'other' }),
    ).toMatchObject({
      policy: { sha256: a },
    })
  })

  test('depends on everything that counts', () => {
    const base = { licenses: { allow: ['MIT'], exceptions: [EXCEPTION], clarify: [CLARIFICATION] } }
    const variants = [
      base,
      { licenses: { ...base.licenses, allow: ['ISC'] } },
      { licenses: { ...base.licenses, scopes: { dev: { allow: ['ISC'] } } } },
      { licenses: { ...base.licenses, exceptions: [{ ...EXCEPTION, expires: '2027-03-02' }] } },
      { licenses: { ...base.licenses, exceptions: [{ ...EXCEPTION, package: 'sharp@^0.35' }] } },
      { licenses: { ...base.licenses, clarify: [] } },
      { licenses: { ...base.licenses, workspaces: { a: { allow: ['ISC'] } } } },
      { licenses: { ...base.licenses, scopes: { optional: { allow: ['ISC'] } } } },
      { ...base, packages: { ban: [{ package: 'x', reason: 'r' }] } },
      { ...base, packages: { minimumAge: '1d' } },
      { ...base, packages: { licenseText: 'deny' } },
      { ...base, sources: { integrity: 'deny' } },
      { ...base, sources: { registries: ['default'] } },
      { ...base, firstParty: [{ package: 'x' }] },
      { ...base, forecast: { silentAfter: '2y' } },
      { ...base, network: { concurrency: 2 } },
      { ...base, cache: { ttl: '1h' } },
      { ...base, deadline: '11s' },
    ]
    expect(new Set(variants.map(sha256)).size).toBe(variants.length)
  })
})

const inPolicy = (part: string) => `{\n  "licenses": { "allow": [] },\n  ${part}\n}`
const inLicenses = (part: string) => `{\n  "licenses": { "allow": [],\n    ${part} }\n}`
const exception = (part: object, mark: string) =>
  inLicenses(`"exceptions": [${JSON.stringify({ ...EXCEPTION, ...part }).replace(mark, `§${mark}`)}]`)
const clarification = (part: object, mark: string) =>
  inLicenses(`"clarify": [${JSON.stringify({ ...CLARIFICATION, ...part }).replace(mark, `§${mark}`)}]`)
const PINNED = { file: 'NOTICE', sha256: 'b'.repeat(64) }
const clarifiedBy = (files: object[], mark: string) =>
  clarification({ file: undefined, sha256: undefined, files }, mark)

describe('every error has its place, its key and its fix', () => {
  test.each([
    // shape
    ['§[]', '', 'must be an object, not a list', undefined],
    ['§null', '', 'must be an object, not null', undefined],
    ['§"MIT"', '', 'must be an object, not text', undefined],
    ['§{}', 'licenses', 'is missing', undefined],
    ['{ "licenses": §{} }', 'licenses.allow', 'is missing', undefined],
    ['{ "licenses": §null }', 'licenses', 'must be an object, not null', undefined],
    ['{ "licenses": { "allow": §"MIT" } }', 'licenses.allow', 'must be a list, not text', undefined],
    [
      '{ "licenses": { "allow": [\n"MIT",\n §5] } }',
      'licenses.allow[1]',
      'must be text, not a number',
      undefined,
    ],
    ['{ "licenses": { "allow": [§""] } }', 'licenses.allow[0]', 'is empty', undefined],
    [
      `{ "licenses": { "allow": §[${'"MIT",'.repeat(1001)}] } }`,
      'licenses.allow',
      'has more than 1000 entries',
      undefined,
    ],
    [
      `{ "licenses": { "allow": [§"${'x'.repeat(201)}"] } }`,
      'licenses.allow[0]',
      'is longer than 200',
      undefined,
    ],
    [inPolicy('"network": §[]'), 'network', 'must be an object, not a list', undefined],
    [inPolicy('"cache": §[{ "ttl": "1s" }]'), 'cache', 'must be an object, not a list', undefined],
    [
      inLicenses('"scopes": { "dev": §[] }'),
      'licenses.scopes.dev',
      'must be an object, not a list',
      undefined,
    ],
    [inLicenses('"exceptions": [§[]]'), 'licenses.exceptions[0]', 'must be an object, not a list', undefined],
    [inLicenses('"exceptions": §{}'), 'licenses.exceptions', 'must be a list, not an object', undefined],
    // unknown keys
    [inPolicy('§"licences": {}'), 'licences', 'is not a key', 'Did you mean "licenses"?'],
    [inPolicy('§"rules": {}'), 'rules', 'is not a key', 'Known here: $schema, extends, licenses,'],
    [inPolicy('§"__proto__": {}'), '["__proto__"]', 'is not a key', 'Known here'],
    [inPolicy('§"toString": 1'), 'toString', 'is not a key', 'Known here'],
    [inLicenses('§"denied": []'), 'licenses.denied', 'is not a key', 'Known here: allow, scopes,'],
    [inLicenses('§"deny": []'), 'licenses.deny', 'is not a key', 'Only what "allow" names'],
    [inLicenses('§"crate": "x"'), 'licenses.crate', 'is not a key', 'Known here: allow, scopes,'],
    [
      inLicenses('"scopes": { §"prod": {} }'),
      'licenses.scopes.prod',
      'is not a key',
      'Known here: production, dev, optional, notShipped.',
    ],
    [
      inPolicy('"network": { §"timeOut": "3s" }'),
      'network.timeOut',
      'is not a key',
      'Did you mean "timeout"?',
    ],
    // licences
    [
      '{ "licenses": { "allow": ["MIT", §"mit"] } }',
      'licenses.allow[1]',
      'not an SPDX',
      'Did you mean "MIT"?',
    ],
    ['{ "licenses": { "allow": [§"MIT OR ISC"] } }', 'licenses.allow[0]', 'is an expression', '"MIT", "ISC"'],
    [
      '{ "licenses": { "allow": [§"GPL-2.0"] } }',
      'licenses.allow[0]',
      'deprecated',
      '"GPL-2.0-only", "GPL-2.0-or-later"',
    ],
    [
      '{ "licenses": { "allow": [§"UNLICENSED"] } }',
      'licenses.allow[0]',
      'says nothing',
      'licenses.exceptions',
    ],
    [
      inLicenses('"scopes": { "dev": { "allow": [§"LicenseRef-x"] } }'),
      'licenses.scopes.dev.allow[0]',
      'says nothing',
      'licenses.exceptions',
    ],
    // exceptions
    [
      exception({ package: 'x@latest' }, '"x@latest"'),
      'licenses.exceptions[0].package',
      'version range',
      'semver',
    ],
    [exception({ package: '*' }, '"*"'), 'licenses.exceptions[0].package', 'package name', 'left-pad'],
    [
      exception({ allow: ['MIT AND ISC'] }, '"MIT AND'),
      'licenses.exceptions[0].allow[0]',
      'is an expression',
      '"MIT"',
    ],
    [exception({ allow: [] }, '[]'), 'licenses.exceptions[0].allow', 'names no licence', undefined],
    [exception({ reason: ' ' }, '" "'), 'licenses.exceptions[0].reason', 'is empty', 'Write'],
    [exception({ owner: undefined }, '{"package'), 'licenses.exceptions[0].owner', 'is missing', undefined],
    [
      exception({ expires: '2027-02-30' }, '"2027'),
      'licenses.exceptions[0].expires',
      'calendar',
      'YYYY-MM-DD',
    ],
    [
      exception({ expires: undefined }, '{"package'),
      'licenses.exceptions[0].expires',
      'is missing',
      undefined,
    ],
    // clarifications
    [
      clarification({ license: 'BSD' }, '"BSD"'),
      'licenses.clarify[0].license',
      'not an SPDX',
      'Did you mean',
    ],
    [
      clarification({ file: '../x' }, '"../x"'),
      'licenses.clarify[0].file',
      'inside the package',
      'LICENSE.md',
    ],
    [
      clarification({ sha256: 'abc' }, '"abc"'),
      'licenses.clarify[0].sha256',
      '64 hexadecimal digits',
      undefined,
    ],
    [
      clarification({ sha256: undefined }, '{"package'),
      'licenses.clarify[0]',
      'has no sha256 of the file',
      '"files"',
    ],
    [
      clarification({ file: undefined, sha256: undefined }, '{"package'),
      'licenses.clarify[0]',
      'does not say which file was read',
      '"files"',
    ],
    [
      clarification({ file: undefined }, '{"package'),
      'licenses.clarify[0]',
      'does not say which file was read',
      '"files"',
    ],
    [
      clarification({ files: [PINNED] }, '{"package'),
      'licenses.clarify[0]',
      'has both "files" and a single file',
      'into "files"',
    ],
    [clarifiedBy([], '[]'), 'licenses.clarify[0].files', 'names no file', undefined],
    [clarifiedBy([PINNED, PINNED], '{"package'), 'licenses.clarify[0]', 'names "NOTICE" twice', 'Keep'],
    [
      clarifiedBy([{ ...PINNED, file: '/etc/passwd' }], '"/etc'),
      'licenses.clarify[0].files[0].file',
      'inside the package',
      'LICENSE.md',
    ],
    [clarifiedBy([{ file: 'x' }], '{"file'), 'licenses.clarify[0].files[0].sha256', 'is missing', undefined],
    // groups, scopes and workspaces
    [
      '{ "licenses": { "allow": [§"group:permisive"] } }',
      'licenses.allow[0]',
      'is not a group of licences',
      'Did you mean "group:permissive"?',
    ],
    [
      exception({ allow: ['group:osi'] }, '"group'),
      'licenses.exceptions[0].allow[0]',
      'is a group of licences',
      'Name the licences',
    ],
    [inLicenses('"scopes": { "optional": §{} }'), 'licenses.scopes.optional.allow', 'is missing', undefined],
    [
      inLicenses('"scopes": { §"devs": { "allow": [] } }'),
      'licenses.scopes.devs',
      'is not a key',
      'Did you mean "dev"?',
    ],
    [inLicenses('"workspaces": §[]'), 'licenses.workspaces', 'must be an object, not a list', undefined],
    [
      inLicenses('"workspaces": { "a": { "allow": [§"mit"] } }'),
      'licenses.workspaces.a.allow[0]',
      'not an SPDX',
      '"MIT"',
    ],
    // rules
    [
      inPolicy('"packages": { "duplicates": §"error" }'),
      'packages.duplicates',
      '"error" is not',
      'Write "deny"',
    ],
    [
      inPolicy('"packages": { "deprecated": §"wran" }'),
      'packages.deprecated',
      'is not',
      'Did you mean "warn"?',
    ],
    [inPolicy('"sources": { "git": §true }'), 'sources.git', 'must be text, not a boolean', undefined],
    [inPolicy('"packages": { §"minAge": "3d" }'), 'packages.minAge', 'is not a key', 'Known here: ban,'],
    [
      inPolicy('"packages": { "minimumAge": §"3" }'),
      'packages.minimumAge',
      'is not a time',
      '"3d", or "off"',
    ],
    [inPolicy('"packages": { "minimumAge": §3 }'), 'packages.minimumAge', 'must be text', undefined],
    [
      inPolicy('"packages": { "ban": [§{ "package": "a" }] }'),
      'packages.ban[0].reason',
      'is missing',
      undefined,
    ],
    [
      inPolicy('"packages": { "ban": [{ "package": §"a b", "reason": "r" }] }'),
      'packages.ban[0].package',
      'not a package spec',
      'left-pad',
    ],
    [inPolicy('"sources": { "registries": §[] }'), 'sources.registries', 'names no registry', undefined],
    [
      inPolicy('"sources": { "registries": [§"registry.example"] }'),
      'sources.registries[0]',
      'is not a registry',
      'base URL',
    ],
    [
      inPolicy('"sources": { "registries": [§"@acme/x"] }'),
      'sources.registries[0]',
      'not a scope',
      '"@acme"',
    ],
    [
      inPolicy('"sources": { "registries": [§"ftp://registry.example/"] }'),
      'sources.registries[0]',
      'is not a registry',
      'base URL',
    ],
    [
      inPolicy('"sources": { "registries": [§"https://u:secret@registry.example/"] }'),
      'sources.registries[0]',
      'is an address with more than host and path',
      'alone',
    ],
    // what was not looked up must not be passed over
    [inPolicy('"extends": §"depgate:permissive"'), 'extends', 'was not looked up', undefined],
    // the rest
    [inPolicy('"firstParty": [{ "package": §"acme/*" }]'), 'firstParty[0].package', 'not a scope', '@acme/*'],
    [inPolicy('"firstParty": [§"@acme/*"]'), 'firstParty[0]', 'must be an object, not text', undefined],
    [
      inPolicy('"network": { "concurrency": §0 }'),
      'network.concurrency',
      'whole number from 1 to 64',
      undefined,
    ],
    [
      inPolicy('"network": { "concurrency": §65 }'),
      'network.concurrency',
      'whole number from 1 to 64',
      undefined,
    ],
    [
      inPolicy('"network": { "concurrency": §1.5 }'),
      'network.concurrency',
      'whole number from 1 to 64',
      undefined,
    ],
    [
      inPolicy('"network": { "concurrency": §"8" }'),
      'network.concurrency',
      'whole number from 1 to 64',
      undefined,
    ],
    [
      inPolicy('"network": { "requestsPerSecond": §1e999 }'),
      'network.requestsPerSecond',
      '1 to 3000',
      undefined,
    ],
    [inPolicy('"network": { "timeout": §"0s" }'), 'network.timeout', 'from 100ms to 1m', 'whole number'],
    [inPolicy('"cache": { "ttl": §"-1h" }'), 'cache.ttl', 'from 1s to 365d', 'whole number'],
    [inPolicy('"deadline": §"999ms"'), 'deadline', 'from 1s to 1h', 'whole number'],
    [inPolicy('"deadline": §10'), 'deadline', 'must be text, not a number', undefined],
  ])('%s', (marked, key, message, fix) => {
    const errors = errorsOf(marked)
    expect(errors[0]).toMatchObject({
      file: 'p.json',
      ...markOf(marked),
      key,
      message: containing(message),
      ...(fix !== undefined && { fix: containing(fix) }),
    })
    expect(errors).toHaveLength(1)
  })
})

test('all errors are told at once', () => {
  const errors = errorsOf(`{
    "licences": {},
    "licenses": { "allow": ["mit"], "exceptions": [{ "package": "x@y" }], "clarify": 1 },
    "network": { "concurrency": 0, "timeout": "x" },
    "deadline": "x"
  }`)
  expect(errors.map(({ key }) => key).toSorted()).toEqual([
    'deadline',
    'licences',
    'licenses.allow[0]',
    'licenses.clarify',
    'licenses.exceptions[0].allow',
    'licenses.exceptions[0].expires',
    'licenses.exceptions[0].owner',
    'licenses.exceptions[0].package',
    'licenses.exceptions[0].reason',
    'network.concurrency',
    'network.timeout',
  ])
})

test('what is inherited is not content', () => {
  const inherited: unknown = Object.create({ licenses: { allow: ['MIT'] } })
  expect(validatePolicy(inherited, { file: '<inline>' })).toMatchObject({
    ok: false,
    errors: [{ key: 'licenses' }],
  })
  const planted: unknown = JSON.parse('{ "__proto__": { "licenses": { "allow": ["MIT"] } } }')
  expect(validatePolicy(planted, { file: '<inline>' })).toMatchObject({ ok: false })
})

test('too much of anything ends soon', () => {
  const started = performance.now()
  const words = Array.from({ length: 15_000 }, (_value, index) => `Apache-License-Version-${index}`)
  const many = validatePolicy({ licenses: { allow: words } }, { file: '<inline>' })
  expect(many).toMatchObject({ ok: false })
  expect(many.ok ? [] : many.errors).toHaveLength(101)
  const endless = validatePolicy({ licenses: { allow: [...words, ...words] } }, { file: '<inline>' })
  expect(endless).toEqual({
    ok: false,
    errors: [{ file: '<inline>', key: '', message: 'holds more than 20000 values' }],
  })
  const cyclic: Record<string, unknown> = {}
  cyclic['licenses'] = cyclic
  expect(validatePolicy(cyclic, { file: '<inline>' })).toMatchObject({ ok: false })
  expect(performance.now() - started).toBeLessThan(10_000)
})

describe('properties', () => {
  test('never throws, and never takes what is no policy', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
        }),
        (raw) => {
          expect(validatePolicy(raw, { file: '<inline>' }).ok).toBe(false)
        },
      ),
    )
  })

  test('a policy never allows what its file does not say', () => {
    const word = fc.constantFrom(
      'MIT',
      'ISC',
      'mit',
      'GPL-2.0',
      'UNLICENSED',
      'MIT OR ISC',
      'LicenseRef-a',
      '',
      'x',
    )
    const words = fc.oneof({ weight: 9, arbitrary: fc.array(word, { maxLength: 3 }) }, fc.anything())
    const policy = fc.record({
      licenses: fc.record({
        allow: words,
        scopes: some(fc.record({ dev: some(fc.record({ allow: words })) })),
        exceptions: some(fc.array(fc.record({ ...record(EXCEPTION), allow: words }), { maxLength: 2 })),
      }),
      firstParty: some(
        fc.array(fc.record({ package: fc.constantFrom('a', '@a/*', '*', '../x') }), { maxLength: 2 }),
      ),
    })
    let valid = 0
    fc.assert(
      fc.property(policy, (raw) => {
        const result = validatePolicy(raw, { file: '<inline>' })
        if (!result.ok) return
        valid++
        const said = JSON.stringify(raw)
        const { allow, scopes, exceptions } = result.policy.licenses
        expect(allow).toEqual(distinct(raw.licenses.allow))
        expect(scopes.dev).toEqual(distinct(raw.licenses.scopes?.dev?.allow ?? []))
        expect(exceptions.map((entry) => entry.allow)).toEqual(
          (raw.licenses.exceptions ?? []).map((entry) => entry.allow),
        )
        for (const id of [...allow, ...scopes.dev]) expect(['MIT', 'ISC']).toContain(id)
        for (const { package: spec } of result.policy.firstParty)
          expect(said).toContain(JSON.stringify(spec.text))
      }),
      { numRuns: 2000 },
    )
    expect(valid).toBeGreaterThan(20)
  })
})

test('no policy at all allows nothing', () => {
  expect(emptyPolicy()).toMatchObject({
    file: '',
    licenses: { allow: [], scopes: { dev: [] }, exceptions: [] },
    deadlineMs: 10_000,
  })
})

function record(constant: object) {
  return Object.fromEntries(Object.entries(constant).map(([key, value]) => [key, fc.constant(value)]))
}
