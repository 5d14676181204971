/** A package that poses as part of another one's tarball: only the registry's word on the carrier makes it so. */
import { expect, onTestFinished, test } from 'vitest'
import type { FakePackage } from '../support/project.ts'
import { startScenario } from '../support/scenario.ts'

/** Other tests may keep both processors busy; what a deadline does is not the question here. */
const PATIENT = ['--deadline', '2m']

const BUNDLES = { bundleDependencies: ['carried'] }
const CARRIER: FakePackage = {
  name: 'carrier',
  version: '1.0.0',
  license: 'MIT',
  dependencies: { carried: '^1.0.0' },
  manifest: BUNDLES,
  lock: BUNDLES,
}
const CARRIED: FakePackage = {
  name: 'carried',
  version: '1.0.0',
  license: 'MIT',
  location: 'node_modules/carrier/node_modules/carried',
  lock: { inBundle: true },
}

async function scenario() {
  const started = await startScenario({ dependencies: { carrier: '^1.0.0' }, packages: [CARRIER, CARRIED] })
  onTestFinished(() => started.close())
  started.registry.publish('carried', '1.0.0', { license: 'GPL-3.0-only' })
  return started
}

test('the registry confirms the bundle: the copy that was shipped speaks for itself', async () => {
  const { json, registry } = await scenario()
  const { code, report } = await json(PATIENT)
  expect(report.findings.filter(({ severity }) => severity === 'deny')).toEqual([])
  expect(code).toBe(0)
  expect(registry.asked()).toEqual(['carrier@1.0.0'])
})

test('the registry knows of no bundle: the package is asked for by name, and its forged copy does not help', async () => {
  const { json, registry } = await scenario()
  registry.publish('carrier', '1.0.0', { license: 'MIT', dependencies: { carried: '^1.0.0' } })
  const { code, report } = await json(PATIENT)
  expect(code).toBe(1)
  expect(report.packages[0]).toMatchObject({ id: 'carried@1.0.0', source: 'bundled', verdict: 'violation' })
  const evidence = report.packages[0]?.claims.filter(({ witness }) => witness !== 'lockfile')
  expect(evidence?.map(({ witness, license }) => [witness, license])).toEqual([
    ['registry', 'GPL-3.0-only'],
    ['installed', 'MIT'],
  ])
  expect(new Set(registry.asked())).toEqual(new Set(['carried@1.0.0', 'carrier@1.0.0']))
})

test('the carrier cannot be asked for: what it carries could not be checked', async () => {
  const { json, registry } = await scenario()
  registry.behave({ type: 'status', status: 500 }, { package: 'carrier' })
  const { code, report } = await json(PATIENT)
  expect(code).toBe(3)
  expect(report.packages.map(({ verdict }) => verdict)).toEqual(['incomplete', 'incomplete'])
})
