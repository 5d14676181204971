import { expect, test } from 'vitest'
import type { AdvisoryReport } from '#model/audit'
import { advisoryWarnings } from '../../../src/run/advisory-warning.ts'

const REGISTRY = { name: 'registry' as const, asOf: '2026-11-20T08:00:00.000Z' }
const BROKEN = { name: 'osv' as const, problem: 'all.zip is no zip file.' }

function report(status: AdvisoryReport['status'], ...sources: AdvisoryReport['sources']): AdvisoryReport {
  return { status, sources, matches: [] }
}

test('a dump that was named and could not be read is told of, though the registry answered', () => {
  expect(advisoryWarnings(report('complete', REGISTRY, BROKEN), true)).toEqual([
    {
      code: 'advisories-dump',
      message:
        'What --osv names was of no use, or not all of it, and others told of all packages: all.zip is no zip file.',
    },
  ])
})

test.each<[string, AdvisoryReport | undefined, boolean]>([
  ['no advisories were asked for', undefined, true],
  ['a finding says it', report('incomplete', REGISTRY, BROKEN), true],
  ['nobody named a dump', report('complete', REGISTRY, BROKEN), false],
  ['the dump was read', report('complete', { name: 'osv', asOf: REGISTRY.asOf }), true],
  ['a registry without that endpoint', report('complete', { name: 'registry', problem: '405' }), true],
])('%s: nothing to say', (_what, advisories, wasNamed) => {
  expect(advisoryWarnings(advisories, wasNamed)).toEqual([])
})
