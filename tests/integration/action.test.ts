/** The action's steps in a place as clean as a new machine: own home, no cache, depgate packed and installed. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { encodeEntry } from '#history/entry'
import { storeRun } from '#history/history-folder'
import { runName } from '#history/run-name'
import { ROOT, runAction, runScript } from '../support/action.ts'
import type { ActionResult } from '../support/action.ts'
import { auditRun } from '../support/audit.ts'
import { keepsIssues, startListener } from '../support/listener.ts'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'
import { npmTarball } from '../support/tarball.ts'
import { startTarballRegistry } from '../support/tarball-registry.ts'
import type { TarballRegistry } from '../support/tarball-registry.ts'

/** A workflow, as far as it is run here. */
interface Workflow {
  jobs: Record<
    string,
    { steps: { uses?: string; run?: string; with?: Record<string, string>; env?: Record<string, string> }[] }
  >
}

const VERSION = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version

let work: string
let tarball: string
let registry: TarballRegistry
let scenario: Scenario

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'depgate action ü '))
  // What npm would publish; the tests' command line has built dist already.
  const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', work], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const [entry] = JSON.parse(packed.slice(packed.indexOf('['))) as { filename: string }[]
  tarball = join(work, entry?.filename ?? '')
  scenario = await startScenario({
    dependencies: { 'good-thing': '^1.0.0', 'bad-thing': '^2.0.0' },
    packages: [
      { name: 'good-thing', version: '1.0.0', license: 'MIT' },
      { name: 'bad-thing', version: '2.0.0', license: 'AGPL-3.0-only' },
    ],
  })
  registry = await startTarballRegistry(tarball, scenario.registry.url)
})
afterAll(async () => {
  await registry.close()
  await scenario.close()
  rmSync(work, { recursive: true, force: true })
})

async function act(inputs: Record<string, string>, env: Record<string, string> = {}): Promise<ActionResult> {
  return runAction({
    checkout: scenario.project.folder,
    work,
    inputs,
    env: { npm_config_registry: registry.url, ...env },
  })
}

/** Plants what would run or be believed if anything in the checkout were. */
function plant(): string {
  const { folder } = scenario.project
  const marker = join(work, 'executed')
  const script = `#!/usr/bin/env node\nrequire('node:fs').writeFileSync(${JSON.stringify(marker)}, 'x')\n`
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true })
  mkdirSync(join(folder, 'node_modules/depgate'), { recursive: true })
  for (const file of ['node_modules/.bin/depgate', 'node_modules/.bin/npm', 'node_modules/.bin/node']) {
    writeFileSync(join(folder, file), script, { mode: 0o755 })
  }
  writeFileSync(join(folder, '.npmrc'), 'registry=http://127.0.0.1:9/\nignore-scripts=false\n')
  writeFileSync(join(folder, 'depgate.config.ts'), script)
  return marker
}

describe('check of a whole tree', () => {
  let result: ActionResult

  beforeAll(async () => {
    result = await act({ command: 'check', version: VERSION, deadline: '30s' })
  })

  test('installs the exact version in a folder of its own and leaves nothing in the checkout', () => {
    expect(registry.requests).toContain('/depgate')
    expect(registry.requests).toContain(`/depgate/-/${VERSION}.tgz`)
    expect(result.outputs['report']).toContain(join(work, 'runner-'))
    const left = readdirSync(scenario.project.folder)
    expect(left.filter((name) => ['.cache', 'reports', 'depgate.json'].includes(name))).toEqual([])
  })

  test('fails with the verdict, and says so in outputs, log and summary', () => {
    expect(result.code, result.log).toBe(1)
    const { verdict, counts, report, sarif, markdown } = result.outputs
    expect({ verdict, code: result.outputs['exit-code'] }).toEqual({ verdict: 'violation', code: '1' })
    expect(JSON.parse(counts ?? '')).toEqual({
      packages: 2,
      judged: 2,
      denied: 1,
      warned: expect.any(Number) as number,
      added: 0,
      removed: 0,
      updated: 0,
      changed: 0,
      needsPolicyOwner: 0,
    })
    expect(result.log).toMatch(
      /^::error file=package-lock\.json,line=\d+,title=license-not-allowed {2}bad-thing@2\.0\.0::/m,
    )
    expect(result.summary).toMatch(/^## ❌ depgate, violation: 1 of 2 packages may not be used/)
    expect(JSON.parse(readFileSync(report ?? '', 'utf8'))).toMatchObject({ verdict: 'violation' })
    for (const file of [sarif, markdown]) expect(existsSync(file ?? '')).toBe(true)
  })
})

/** A manifest or a lockfile without what the pull request brings in. */
const without = (text: string): string => {
  const data = JSON.parse(text) as {
    packages?: Record<string, { dependencies?: object }>
    dependencies?: object
  }
  for (const entry of [data, data.packages?.['']]) {
    if (entry?.dependencies !== undefined) delete (entry.dependencies as Record<string, string>)['bad-thing']
  }
  if (data.packages !== undefined) delete data.packages['node_modules/bad-thing']
  return JSON.stringify(data, null, 2)
}

describe('diff of a pull request', () => {
  test('without anything to compare with it says what to do', async () => {
    const { code, log } = await act({ version: VERSION })
    expect(code).toBe(2)
    expect(log).toContain('there is nothing to compare with outside of a pull request')
  })

  test('judges what the change brings in', async () => {
    const { folder } = scenario.project
    const git = (...args: string[]): string =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x.example', ...args], {
        cwd: folder,
        encoding: 'utf8',
      })
    const lockfile = readFileSync(join(folder, 'package-lock.json'), 'utf8')
    const manifest = readFileSync(join(folder, 'package.json'), 'utf8')
    git('init', '-q', '-b', 'main')
    writeFileSync(join(folder, 'package-lock.json'), without(lockfile))
    writeFileSync(join(folder, 'package.json'), without(manifest))
    git('add', 'package.json', 'package-lock.json', 'depgate.config.json')
    git('commit', '-qm', 'base')
    git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    writeFileSync(join(folder, 'package-lock.json'), lockfile)
    writeFileSync(join(folder, 'package.json'), manifest)
    // A file that is named like the base is none, whatever it says.
    mkdirSync(join(folder, 'origin'))
    writeFileSync(join(folder, 'origin/main'), lockfile)
    writeFileSync(join(folder, 'origin/package.json'), manifest)
    git('add', 'origin')
    git('commit', '-qam', 'head')
    const { code, outputs, log } = await runAction({
      checkout: folder,
      work,
      inputs: { version: VERSION },
      github: { base_ref: 'main' },
      env: { npm_config_registry: registry.url },
    })
    expect(JSON.parse(outputs['counts'] ?? '{}'), log).toMatchObject({ added: 1 })
    expect(code).toBe(1)
    expect(log).toContain('bad-thing@2.0.0')
  })
})

/** Keeps a run of the night before, of another machine with the same key. */
async function storeEarlier(directory: string): Promise<void> {
  const secret = Buffer.from('s'.repeat(32))
  const run = auditRun('2026-01-01T04:17:00.000Z', {}, 'the-night-before')
  const name = runName(run.run.startedAt, run.run.id)
  await storeRun({ directory, project: directory }, name, encodeEntry(run, name, secret, 0))
}

/** Publishes a package with a tarball, and gives its entry of the lockfile. */
function lock(name: string, version: string, license: string): [string, object] {
  const packed = npmTarball({ 'package.json': { name, version, license } })
  const integrity = scenario.registry.publishTarball(name, version, packed, { license })
  const resolved = `${registry.url}${name}/-/${name}-${version}.tgz`
  return [`node_modules/${name}`, { version, resolved, integrity, license }]
}

/** A checkout of a project of its own, that nobody has installed; its packages can be downloaded. */
function checkOut(): string {
  const folder = mkdtempSync(join(work, 'checkout '))
  const dependencies = { 'fine-thing': '^1.0.0', 'worse-thing': '^2.0.0' }
  const files = {
    'package.json': { name: 'app', version: '1.0.0', dependencies },
    'package-lock.json': {
      name: 'app',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'app', version: '1.0.0', dependencies },
        ...Object.fromEntries([
          lock('fine-thing', '1.0.0', 'MIT'),
          lock('worse-thing', '2.0.0', 'AGPL-3.0-only'),
        ]),
      },
    },
    'depgate.config.json': { licenses: { allow: ['MIT'] } },
  }
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(content, undefined, 2))
  return folder
}

/** What the steps of others do is done by the machine: the checkout, Node, and what is restored and saved. */
const NOT_OURS =
  /^(?:actions\/(?:checkout|setup-node|cache\/(?:restore|save))|github\/codeql-action\/upload-sarif)@v\d+$/

describe('the workflow of a schedule', () => {
  test('runs as written on an empty machine, compares with the night before and keeps an issue', async () => {
    const { jobs } = parse(readFileSync(join(ROOT, 'docs/ci/schedule.yml'), 'utf8')) as Workflow
    const listener = await startListener()
    const issues = keepsIssues(listener)
    const home = mkdtempSync(join(work, 'home '))
    writeFileSync(join(home, '.npmrc'), `registry=${registry.url}\n`)
    const temp = mkdtempSync(join(work, 'temp '))
    const values: Record<string, string> = {
      'runner.temp': temp,
      'secrets.DEPGATE_CACHE_KEY': 's'.repeat(32),
      'github.repository': 'acme/app',
      'github.token': 'ghs_abc',
    }
    const filled = (texts: Record<string, unknown> = {}): Record<string, string> =>
      Object.fromEntries(
        Object.entries(texts).map(([name, text]) => [
          name,
          String(text).replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_, key: string) => values[key] ?? ''),
        ]),
      )
    const folder = join(temp, 'depgate/history')
    await storeEarlier(folder)
    const checkout = checkOut()
    const lines: string[] = []
    let audited: ActionResult | undefined
    for (const { run, uses = '', with: inputs, env } of jobs['depgate']?.steps ?? []) {
      if (run !== undefined) {
        lines.push(run)
        const script = join(temp, 'step.sh')
        writeFileSync(script, run)
        const { code, log } = await runScript(script, checkout, { PATH: process.env['PATH'], HOME: home })
        expect(code, log).toBe(0)
      } else if (uses === 'OWNER/depgate@COMMIT') {
        audited = await runAction({
          checkout,
          work,
          home,
          inputs: { version: VERSION, ...filled(inputs) },
          env: { ...filled(env), GITHUB_API_URL: `${listener.url}/api/v3` },
        })
      } else expect(uses).toMatch(NOT_OURS)
    }
    await listener.close()
    expect(lines).toEqual(['npm ci --ignore-scripts'])
    const { code, outputs, log } = audited ?? expect.unreachable('no step audits')
    expect({ code, verdict: outputs['verdict'] }, log).toEqual({ code: 1, verdict: 'violation' })
    expect(log).toContain('worse-thing@2.0.0')
    expect(JSON.parse(outputs['counts'] ?? '{}')).toMatchObject({
      packages: 2,
      judged: 2,
      added: 2,
      removed: 1,
    })
    expect(readdirSync(folder).filter((name) => name.endsWith('.run'))).toHaveLength(2)
    expect(readdirSync(join(temp, 'depgate/cache'))).toContain('v1')
    expect(issues).toMatchObject([{ state: 'open', body: expect.stringContaining('worse-thing') as unknown }])
  })
})

describe('a stranger in the checkout', () => {
  test('nothing of what they planted runs, and their npmrc is not read', async () => {
    const marker = plant()
    const { outputs, log } = await act({ command: 'check', version: VERSION })
    expect(existsSync(marker)).toBe(false)
    // A tree with such things in it is not trusted, or the bad thing in it is found; it never passes.
    expect(outputs['verdict']).toMatch(/^(?:violation|incomplete)$/)
    expect(log).not.toContain('ECONNREFUSED')
  })

  test('nor when the change that they bring is judged', async () => {
    const marker = plant()
    const { folder } = scenario.project
    execFileSync('git', ['config', 'core.fsmonitor', join(folder, 'node_modules/.bin/depgate')], {
      cwd: folder,
    })
    const { code, outputs, log } = await runAction({
      checkout: folder,
      work,
      inputs: { version: VERSION, base: 'main~1' },
      env: { npm_config_registry: registry.url },
    })
    expect(existsSync(marker), log).toBe(false)
    expect({ code, verdict: outputs['verdict'] }).toEqual({ code: 1, verdict: 'violation' })
    expect(log).toContain('title=license-not-allowed  bad-thing@2.0.0')
  })

  test('a base that looks like a flag is a base', async () => {
    const { code, log, outputs } = await runAction({
      checkout: scenario.project.folder,
      work,
      inputs: { version: VERSION, base: '--allow-policy-change' },
      env: { npm_config_registry: registry.url },
    })
    expect({ code, verdict: outputs['verdict'] }).toEqual({ code: 2, verdict: '' })
    expect(log).toContain('depgate: ')
  })

  test.each([
    ['latest'],
    ['^0.1.0'],
    ['0.1.0; touch executed'],
    ['$(touch executed)'],
    ['depgate.tgz'],
    ['/no/such.tgz'],
    [''],
  ])('version %j is refused', async (version) => {
    const { code, log, outputs } = await act({ command: 'check', version: version === '' ? ' ' : version })
    expect(code).toBe(2)
    expect(log).toMatch(/^::error title=depgate::version has to be an exact version/)
    expect(outputs['verdict']).toBe('')
    expect(existsSync(join(scenario.project.folder, 'executed'))).toBe(false)
  })
})
