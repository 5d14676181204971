/** What an earlier run knew counts only under the policy that it was judged by. */
import { expect, test } from 'vitest'
import { emptyPolicy } from '#config/load'
import type { LookedAt, RunRequest } from '#model/run-request'
import { keepSnapshot } from '#snapshot/keep'
import { recallPrevious } from '#run/previous'
import { packageReport, runReport } from '../../support/report.ts'
import { emptyFolder } from '../collectors/project-folder.ts'

const NOON = Date.UTC(2026, 10, 21, 12)
const POLICY: LookedAt = { root: '/p', looks: ['F:depgate.config.json'], digest: 'policy' }
const CONFIRMATION = { whole: 'w', places: {}, invalid: [] }

async function kept(confirmation: unknown = CONFIRMATION) {
  const directory = emptyFolder()
  const folder = { directory, project: directory, secret: Buffer.alloc(32, 7) }
  const report = runReport({ packages: [packageReport('a@1.0.0'), packageReport('b@1.0.0')] })
  const request = { now: NOON, env: {}, policy: emptyPolicy(), hasPolicy: true } as RunRequest
  const written = await keepSnapshot(folder, 'key', {
    request,
    report,
    warnings: [],
    around: [{ root: '/tool', looks: [], digest: 'tool' }, POLICY],
    tree: [],
    variables: [],
    goOn: () => true,
    confirmation,
    judgementOf: ({ id }) => ({
      digest: `of ${id}`,
      findings: [],
      used: { exceptions: [], clarifications: [] },
    }),
  })
  expect(written).toBeDefined()
  return { folder, key: 'key', now: NOON + 1 }
}

test('judgements by digest, each with its package, and npm’s word', async () => {
  const previous = await recallPrevious(await kept(), [POLICY])
  expect(previous?.confirmation).toEqual(CONFIRMATION)
  expect([...(previous?.judged ?? [])].map(([digest, { report }]) => [digest, report.id])).toEqual([
    ['of a@1.0.0', 'a@1.0.0'],
    ['of b@1.0.0', 'b@1.0.0'],
  ])
})

test('nothing of it under a policy that has changed since', async () => {
  expect(await recallPrevious(await kept(), [{ ...POLICY, digest: 'another' }])).toBeUndefined()
})

test('nothing of it on the next day, or with a word of npm’s that is none', async () => {
  expect(await recallPrevious({ ...(await kept()), now: NOON + 86_400_000 }, [POLICY])).toBeUndefined()
  expect(await recallPrevious(await kept('odd'), [POLICY])).toBeUndefined()
})
