/** Rules about imports in a project of four workspaces: each planted mistake is found, and nothing else is. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunReport } from '#model/run-report'
import { startScenario } from '../support/scenario.ts'
import type { Scenario } from '../support/scenario.ts'
import { FOUND, linkWorkspaces, WORKSPACES } from '../support/workspace-project.ts'

const PATIENT = ['--deadline', '1m']
let scenario: Scenario
let cold: RunReport

beforeAll(async () => {
  scenario = await startScenario(WORKSPACES)
  linkWorkspaces(scenario.project.folder)
  cold = (await scenario.json(PATIENT)).report
}, 120_000)

afterAll(() => scenario.close())

function told({ findings }: RunReport): string[] {
  return findings
    .map(({ rule, severity, location }) => `${severity} ${rule} ${location?.file}:${location?.line ?? ''}`)
    .toSorted()
}

/** The same project again, changed, by a run that may use what the first one has kept. */
async function changed(files: Record<string, string>): Promise<RunReport> {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(scenario.project.folder, path), text)
  return (await scenario.json(PATIENT)).report
}

const text = (path: string): string => readFileSync(join(scenario.project.folder, path), 'utf8')

async function shown(format: string): Promise<string> {
  return (await scenario.depgate(['check', '--format', format, ...PATIENT])).stdout
}

describe('four workspaces', () => {
  test('every planted mistake is found where it stands, and nothing else', () => {
    expect(told(cold)).toEqual(FOUND.toSorted())
  })

  test('a licence finding says where the package is reached, and the report of each package does', () => {
    const finding = cold.findings.find(({ rule }) => rule === 'license-by-use')
    expect(finding).toMatchObject({
      package: 'copyleft@1.0.0',
      message:
        'copyleft@1.0.0 is GPL-3.0-only, which licenses.scopes.notShipped allows for what does not ship, but packages/web/src/main.ts:4 imports charts, which brings it along',
      details: ['imported by packages/web/src/main.ts:4, over charts'],
    })
    const uses = new Map(
      cold.packages.map(({ id, verdict, use }) => [id, { verdict, shipped: use?.shipped }]),
    )
    expect(uses.get('suite@1.0.0')).toEqual({ verdict: 'pass', shipped: false })
    expect(uses.get('helper@1.0.0')).toEqual({ verdict: 'pass', shipped: false })
    expect(uses.get('maths@1.2.0')).toEqual({ verdict: 'pass', shipped: true })
  })

  test('each reporter carries file and line', async () => {
    const place = 'packages/web/src/main.ts'
    expect(await shown('human')).toContain(`${place}:3`)
    expect(await shown('markdown')).toContain(`${place}:3`)
    expect(await shown('html')).toContain(`${place}:3`)
    expect(await shown('junit')).toMatch(new RegExp(`${place}.*3`))
    expect(await shown('github')).toContain(`file=${place},line=3,col=24`)
    const sarif = JSON.parse(await shown('sarif')) as { runs: { results: { ruleId: string }[] }[] }
    const misplaced = sarif.runs[0]?.results.find(({ ruleId }) => ruleId === 'dependency-misplaced')
    expect(misplaced).toMatchObject({
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: place },
            region: { startLine: 3, startColumn: 24 },
          },
        },
      ],
    })
    expect(JSON.parse(await shown('codeclimate'))).toContainEqual(
      expect.objectContaining({
        check_name: 'dependency-misplaced',
        location: { path: place, lines: { begin: 3 } },
      }),
    )
  })

  test('a warm run says the same without looking into any file', async () => {
    const { report } = await scenario.json(PATIENT)
    expect(report.run.snapshot).toBeDefined()
    expect(told(report)).toEqual(told(cold))
  })

  test('any change of a source file is noticed, and what it mends or breaks is said', async () => {
    const path = 'packages/core/src/right.ts'
    const before = text(path)
    // Of the same length.
    const mended = await changed({ [path]: before.replace("from './left.ts'", "from './lift.ts'") })
    expect(mended.run.snapshot).toBeUndefined()
    expect(told(mended)).not.toContain('deny import-cycle packages/core/src/left.ts:1')
    expect(told(mended)).toContain('warn import-unresolved packages/core/src/right.ts:1')
    // An import that leads nowhere may lead to anything.
    expect(told(mended).filter((line) => line.includes('license-by-use'))).toEqual([
      'deny license-by-use packages/core/src/right.ts:1',
      'deny license-by-use packages/core/src/right.ts:1',
      'deny license-by-use packages/web/src/main.ts:4',
    ])
    expect(told(await changed({ [path]: before }))).toEqual(told(cold))
  })

  test('what only tests imported ships as soon as a file that ships imports it', async () => {
    const path = 'packages/web/src/main.ts'
    const before = text(path)
    const report = await changed({ [path]: `${before}import 'suite'\n` })
    expect(told(report).filter((line) => line.includes('license-by-use'))).toEqual([
      'deny license-by-use packages/web/src/main.ts:4',
      'deny license-by-use packages/web/src/main.ts:7',
      'deny license-by-use packages/web/src/main.ts:7',
    ])
    await changed({ [path]: before })
  })

  test('a new file is seen', async () => {
    const path = 'packages/tool/src/more.ts'
    const report = await changed({ [path]: "import 'maths'\n" })
    expect(told(report)).toContain('deny import-undeclared packages/tool/src/more.ts:1')
    rmSync(join(scenario.project.folder, path))
    expect(told(await changed({}))).toEqual(told(cold))
  })
})

describe('what the policy does not ask for', () => {
  test('no source file is read, and no parser needed', async () => {
    const plain = await startScenario({
      dependencies: { a: '^1.0.0' },
      packages: [{ name: 'a', version: '1.0.0', license: 'MIT' }],
      files: { 'src/broken.ts': 'export const = 1' },
    })
    try {
      const { report } = await plain.json(PATIENT)
      expect(report.findings.filter(({ rule }) => rule.startsWith('import'))).toEqual([])
      expect(report.packages.map(({ use }) => use)).toEqual([undefined])
    } finally {
      await plain.close()
    }
  })
})
