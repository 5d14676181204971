/** A company's private registry, for real: its packages are found and judged, and its token is told to nobody else. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Finding } from '#model/finding'
import type { PackageReport, RunReport } from '#model/run-report'
import { startFakeRegistry } from '../support/fake-registry.ts'
import type { FakeRegistry } from '../support/fake-registry.ts'
import { createNpmUser } from '../support/npm-user.ts'
import type { NpmUser } from '../support/npm-user.ts'
import { filesBelow, findSecret, spellingsOf } from '../support/secrets.ts'
import { clientFor, configFor, mapCache } from '../unit/registry/clients.ts'
import { startVerdaccio } from '../support/verdaccio.ts'
import type { Verdaccio } from '../support/verdaccio.ts'

const IDS = ['@acme/inner@1.0.0', '@acme/lib@1.0.0', 'plain@1.0.0']
const WRONG = 'npm_wrongWRONGwrongWRONGwrongWRONGwrong'
const EXCEPTION = {
  package: '@acme/inner@*',
  allow: ['UNLICENSED'],
  reason: 'our own',
  owner: 'platform',
  expires: '2999-01-01',
}

let base: string
let verdaccio: Verdaccio
/** The default registry of every run that does not say otherwise: it knows `plain` and nothing of @acme. */
let elsewhere: FakeRegistry
let token: string
let user: NpmUser

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'depgate-private-'))
  ;[verdaccio, elsewhere] = await Promise.all([startVerdaccio(), startFakeRegistry()])
  token = await verdaccio.createUser('dev')
  for (const manifest of [
    { name: '@acme/inner', version: '1.0.0', license: 'UNLICENSED' },
    { name: '@acme/lib', version: '1.0.0', license: 'MIT', dependencies: { '@acme/inner': '^1.0.0' } },
    { name: 'plain', version: '1.0.0', license: 'MIT' },
  ]) {
    await verdaccio.publish(manifest, token)
  }
  const app = { name: 'app', version: '1.0.0', dependencies: { '@acme/lib': '^1.0.0', plain: '^1.0.0' } }
  await verdaccio.install(join(base, 'installed'), app, token)
  const published: unknown = await (await fetch(`${verdaccio.url}plain/1.0.0`)).json()
  if (!isRecord(published)) throw new TypeError('verdaccio gave no manifest')
  elsewhere.publish('plain', '1.0.0', { license: published['license'], dist: published['dist'] })
})
afterAll(async () => {
  await Promise.all([verdaccio.close(), elsewhere.close()])
  rmSync(base, { recursive: true, force: true })
})

beforeEach(() => {
  user = createNpmUser({ base, installed: join(base, 'installed'), registry: elsewhere.url })
  verdaccio.requests.length = 0
  elsewhere.requests.length = 0
})
afterEach(() => {
  expect(user.leaks(spellingsOf(token).concat(spellingsOf(WRONG)))).toEqual([])
  user.remove()
})

describe('with the registry of the scope and its token in the npmrc of the user', () => {
  beforeEach(() => user.npmrc(verdaccio.mapping, verdaccio.login(token)))

  test('packages are found and judged, and the token is sent to that registry alone', async () => {
    user.policy()
    const { code, report } = await user.check()
    expect(code).toBe(1)
    expect(report.packages.map(({ id, verdict }) => [id, verdict])).toEqual([
      [IDS[0], 'unknown'],
      [IDS[1], 'pass'],
      [IDS[2], 'pass'],
    ])
    expect(report.packages.map(registryWord)).toEqual(['UNLICENSED', 'MIT', 'MIT'])
    const denied = report.findings.filter(({ severity }) => severity === 'deny')
    expect(denied).toMatchObject([{ rule: 'license-unknown', package: IDS[0] }])
    expect(denied[0]?.fix).toContain('"UNLICENSED"')
    expect(denied[0]?.path).toEqual(['app@1.0.0', IDS[1], IDS[0]])

    expect(verdaccio.requests.map(({ path }) => path).toSorted()).toEqual([
      '/@acme%2finner/1.0.0',
      '/@acme%2flib/1.0.0',
    ])
    expect(sentToAcme()).toEqual([`Bearer ${token}`, `Bearer ${token}`])
    expect(elsewhere.asked()).toEqual(['plain@1.0.0'])
    expect(sentElsewhere()).toEqual([undefined])
  })

  test('an exception for UNLICENSED lets it pass; the second run needs no request and no token', async () => {
    user.policy({ licenses: { allow: ['MIT'], exceptions: [EXCEPTION] } })
    const first = await user.check()
    expect(first.code).toBe(0)
    expect(first.report.coverage).toMatchObject({ total: 3, judged: 3, incomplete: 0, firstParty: 1 })
    expect(packageOf(first.report, '@acme/inner')).toMatchObject({
      verdict: 'pass',
      exceptions: [EXCEPTION.package],
    })
    user.npmrc(verdaccio.mapping)
    const second = await user.check()
    expect(second.code).toBe(0)
    expect(second.report.run.network.requests).toBe(0)
    expect(verdaccio.requests).toHaveLength(2)
    expect(second.report.packages.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass'])
  })

  test('firstParty: the packages of the scope are counted apart and never asked for', async () => {
    user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/*' }] })
    const { code, report } = await user.check()
    expect(code).toBe(0)
    expect(report.packages.map(({ id }) => id)).toEqual([IDS[2]])
    expect(report.coverage).toMatchObject({ total: 1, judged: 1, firstParty: 3 })
    expect(report.firstParty.filter(({ because }) => because === 'policy').map(({ name }) => name)).toEqual([
      '@acme/inner',
      '@acme/lib',
    ])
    expect(verdaccio.requests).toEqual([])
  })

  test('firstParty is not believed of a package that the lockfile fetches from elsewhere', async () => {
    user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/*' }] })
    const path = join(user.project, 'package-lock.json')
    const lockfile = JSON.parse(readFileSync(path, 'utf8')) as {
      packages: Record<string, { resolved?: string }>
    }
    Object.assign(lockfile.packages['node_modules/@acme/inner'] ?? {}, {
      resolved: 'https://elsewhere.example/inner.tgz',
    })
    writeFileSync(path, JSON.stringify(lockfile))
    const { code, report } = await user.check()
    expect(code).toBe(1)
    expect(report.packages.map(({ id }) => id)).toEqual([IDS[0], IDS[2]])
  })

  test('firstParty of one package leaves the rest of the scope to be judged', async () => {
    user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/inner' }] })
    const { code, report } = await user.check()
    expect(code).toBe(0)
    expect(report.packages.map(({ id }) => id)).toEqual([IDS[1], IDS[2]])
    expect(report.coverage).toMatchObject({ total: 2, judged: 2, firstParty: 2 })
  })

  test.each([
    ['a wrong token', () => verdaccio.login(WRONG), `Bearer ${WRONG}`],
    ['no token', () => '', undefined],
  ])('%s: could not check, unauthorized, with a fix; nobody is asked instead', async (_, line, sent) => {
    user.npmrc(verdaccio.mapping, line())
    user.policy({ licenses: { allow: ['MIT'], exceptions: [EXCEPTION] } })
    const { code, report } = await user.check()
    expect(code).toBe(3)
    expect(report.verdict).toBe('incomplete')
    for (const name of ['@acme/inner', '@acme/lib']) {
      expect(failureOf(packageOf(report, name))).toBe('unauthorized')
      const finding = findingOf(report, name)
      expect(finding).toMatchObject({ rule: 'metadata-unavailable', verdict: 'incomplete' })
      expect(finding?.message).toContain('without a valid login')
      expect(finding?.fix).toMatch(/token|npm login/)
    }
    expect(packageOf(report, 'plain')?.verdict).toBe('pass')
    // An answer, not a fault: asking again would only lock the account.
    expect(sentToAcme()).toEqual([sent, sent])
    expect(elsewhere.asked()).toEqual(['plain@1.0.0'])
  })

  test('no output and no file, whatever is asked for, holds the token or the name of its key', async () => {
    user.policy({ licenses: { allow: ['MIT'], exceptions: [EXCEPTION] } })
    await user.check(['--output', 'report.json'])
    const commands = [
      ['check'],
      ['check', '--refresh'],
      ['check', '--offline', '--format', 'json'],
      ['list'],
      ['list', '--format', 'json'],
      ['explain', '@acme/inner'],
      ['explain', '@acme/lib', '--format', 'json'],
      ['cache', 'info'],
      ['cache', 'verify'],
    ]
    for (const command of commands) {
      const { code, stdout } = await user.depgate(command)
      expect([command, code]).toEqual([command, 0])
      expect(stdout).not.toBe('')
    }
    user.npmrc(verdaccio.mapping, verdaccio.login(WRONG))
    expect((await user.depgate(['check', '--refresh'])).code).toBe(3)

    const spellings = spellingsOf(token).concat(spellingsOf(WRONG))
    expect(user.leaks([...spellings, '_authToken'])).toEqual([])
    // The search finds what is there: the wrong token where it belongs, and a package's name in the cache.
    const npmrc = readFileSync(join(user.home, '.npmrc'))
    expect(findSecret('npmrc', npmrc, spellings)).not.toEqual([])
    const cached = filesBelow(join(user.project, '.cache/depgate'))
    expect(cached.some(({ path }) => path.includes('content-'))).toBe(true)
    expect(cached.some(({ path }) => path.includes('index-'))).toBe(true)
    expect(cached.flatMap(({ path, bytes }) => findSecret(path, bytes, ['@acme/lib']))).not.toEqual([])
  })
})

test('one registry for everything: the token goes along everywhere, and firstParty is not believed', async () => {
  user.npmrc(`registry=${verdaccio.url}`, verdaccio.mapping, verdaccio.login(token))
  user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/*' }] })
  const { code, report } = await user.check([], { registry: verdaccio.url })
  expect(code).toBe(1)
  expect(report.packages.map(({ id }) => id)).toEqual(IDS)
  expect(sentToAcme()).toEqual(IDS.map(() => `Bearer ${token}`))
  expect(elsewhere.requests).toEqual([])
})

describe('with the registry of the scope in the .npmrc of the project only', () => {
  beforeEach(() => {
    user.projectNpmrc(verdaccio.mapping, `${verdaccio.prefix}:_authToken=\${TOKEN}`)
    user.policy({ licenses: { allow: ['MIT'], exceptions: [EXCEPTION] } })
  })

  test('could not check, untrusted-registry: no registry hears of the scope, none sees the token', async () => {
    const { code, report } = await user.check([], { env: { TOKEN: token } })
    expect(code).toBe(3)
    for (const name of ['@acme/inner', '@acme/lib']) {
      expect(failureOf(packageOf(report, name))).toBe('untrusted-registry')
      expect(findingOf(report, name)?.fix).toContain('--trust-npmrc @acme:registry')
    }
    expect(report.warnings.map(({ code: warning }) => warning)).toContain('npmrc-key-ignored')
    expect(verdaccio.requests).toEqual([])
    expect(elsewhere.asked()).toEqual(['plain@1.0.0'])
    expect(sentElsewhere()).toEqual([undefined])
  })

  test('firstParty is not believed on the word of the project', async () => {
    user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/*' }] })
    const { code, report } = await user.check([], { env: { TOKEN: token } })
    expect(code).toBe(3)
    expect(report.packages.map(({ id, verdict }) => [id, verdict])).toEqual([
      [IDS[0], 'incomplete'],
      [IDS[1], 'incomplete'],
      [IDS[2], 'pass'],
    ])
    expect(report.coverage.firstParty).toBe(1)
    expect(elsewhere.asked()).toEqual(['plain@1.0.0'])
  })

  test('with both keys trusted it works, the token taken from the environment', async () => {
    const { code, report } = await user.check(trust('@acme:registry', `${verdaccio.prefix}:_authToken`), {
      env: { TOKEN: token },
    })
    expect(code).toBe(0)
    expect(report.packages.map(registryWord)).toEqual(['UNLICENSED', 'MIT', 'MIT'])
    expect(sentToAcme()).toEqual([`Bearer ${token}`, `Bearer ${token}`])
    expect(sentElsewhere()).toEqual([undefined])
  })

  test('with the registry trusted, firstParty is believed', async () => {
    user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/*' }] })
    const { code, report } = await user.check(trust('@acme:registry'))
    expect(code).toBe(0)
    expect(report.coverage).toMatchObject({ total: 1, judged: 1, firstParty: 3 })
  })

  test.each<[string, () => string[], Record<string, string>]>([
    ['the registry alone is trusted', () => trust('@acme:registry'), { TOKEN: 'set' }],
    [
      'the variable of the token is not set',
      () => trust('@acme:registry', `${verdaccio.prefix}:_authToken`),
      {},
    ],
  ])('%s: nothing is sent in place of the token', async (_, args, env) => {
    const { code, report } = await user.check(args(), { env })
    expect(code).toBe(3)
    expect(failureOf(packageOf(report, '@acme/lib'))).toBe('unauthorized')
    expect(sentToAcme()).toEqual([undefined, undefined])
  })
})

test('nothing maps the scope: firstParty is not believed, whatever lies on disk', async () => {
  user.policy({ licenses: { allow: ['MIT'] }, firstParty: [{ package: '@acme/*' }] })
  const { code, report } = await user.check()
  expect(code).toBe(1)
  expect(report.coverage).toMatchObject({ total: 3, judged: 3, firstParty: 1 })
  expect(failureOf(packageOf(report, '@acme/lib'))).toBe('not-found')
  expect(verdaccio.requests).toEqual([])
})

test('the releases of a package, with the token: by the full list first, then by the short one', async () => {
  const next = { name: '@acme/lib', version: '2.0.0', license: 'BUSL-1.1', repository: 'acme/lib' }
  await verdaccio.publish(next, token)
  verdaccio.requests.length = 0
  const cache = mapCache()
  const config = configFor(verdaccio.url, {
    credentials: [{ prefix: verdaccio.prefix, authorization: `Bearer ${token}` }],
  })
  const first = Date.now()
  const releasesAt = async (now: number) => {
    const client = await clientFor(config, { cache, now: () => now })
    const releases = await client.releases('@acme/lib', ['1.0.0'])
    await client.close()
    return releases
  }
  const full = await releasesAt(first)
  expect(full.ok && full.value.list).toMatchObject([
    { version: '1.0.0', license: { license: 'MIT' }, repository: false },
    { version: '2.0.0', license: { license: 'BUSL-1.1' }, repository: true },
  ])
  expect(full.ok && full.value.list.every(({ publishedAt = 0 }) => publishedAt > first - 3_600_000)).toBe(
    true,
  )
  // Of the short list only what can change is believed, whatever else it holds or lacks.
  expect(await releasesAt(first + 7_200_000)).toEqual(full)
  expect(verdaccio.requests.map(({ path }) => path)).toEqual(['/@acme%2flib', '/@acme%2flib'])
  expect(sentToAcme()).toEqual([`Bearer ${token}`, `Bearer ${token}`])
})

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** The logins that came with the requests, in order of arrival. */
function sentToAcme(): (string | undefined)[] {
  return verdaccio.requests.map(({ authorization }) => authorization)
}

function sentElsewhere(): (string | undefined)[] {
  return elsewhere.requests.map(({ headers }) => headers.authorization)
}

function trust(...keys: string[]): string[] {
  return keys.flatMap((key) => ['--trust-npmrc', key])
}

function packageOf(report: RunReport, name: string): PackageReport | undefined {
  return report.packages.find((entry) => entry.name === name)
}

function findingOf(report: RunReport, name: string): Finding | undefined {
  return report.findings.find((finding) => finding.package === `${name}@1.0.0`)
}

/** What the registry said of the licence, if it was asked in this run. */
function registryWord(entry: PackageReport): unknown {
  return entry.claims.find(({ witness, from }) => witness === 'registry' && from === 'network')?.raw
}

function failureOf(entry: PackageReport | undefined): string | undefined {
  return entry?.claims.find(({ witness }) => witness === 'registry')?.failure?.code
}
