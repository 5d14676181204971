/** A report with everything that makes a bill of materials hard: shared ids, odd names, licences of every kind. */
import type { RunReport } from '#model/run-report'
import { packageReport, runReport } from './report.ts'

/** Every odd thing at once. */
export function oddReport(): RunReport {
  const at = '2026-01-01T00:00:00.000Z'
  const sha512 = `sha512-${Buffer.alloc(64, 7).toString('base64')}`
  const proprietary = {
    witness: 'registry',
    raw: 'UNLICENSED',
    reason: 'unlicensed',
    at,
    from: 'disk',
  } as const
  return runReport({
    verdict: 'incomplete',
    packages: [
      packageReport('a@1.0.0', {
        dependencies: ['b@1.0.0', 'gone@1.0.0'],
        integrity: [sha512, 'sha1-nonsense'],
      }),
      packageReport('a@1.0.0', { source: 'git', purl: '' }),
      packageReport('a@1.0.0', { source: 'git', license: 'MIT OR (Apache-2.0 AND LicenseRef-b)' }),
      packageReport('@a/1.0.0@1', { license: 'LicenseRef-Acme.1', conclusion: 'clarified', kinds: ['dev'] }),
      packageReport('-a-1.0.0@1', { license: 'DocumentRef-x:LicenseRef-y', kinds: ['optional'] }),
      packageReport('b@1.0.0', {
        license: null,
        conclusion: 'unknown',
        claims: [proprietary],
        installed: false,
      }),
      packageReport('c\u202e\u0000"\ud800@1.0.0', {
        license: null,
        conclusion: 'unknown',
        verdict: 'incomplete',
        claims: [
          { witness: 'registry', at, from: 'network', failure: { code: 'offline', message: 'not asked' } },
          { witness: 'installed', raw: { type: ['x'] }, reason: 'malformed', at, from: 'node_modules' },
          {
            witness: 'text',
            reason: 'unknown-text',
            text: { file: 'LICENSE', sha256: '0'.repeat(64), role: 'package', licenses: [] },
            at,
            from: 'node_modules',
          },
        ],
      }),
      packageReport('@', { name: '', version: '', kinds: [] }),
    ],
    firstParty: [
      {
        name: '',
        version: '',
        location: '.',
        because: 'root',
        dependencies: ['a@1.0.0', '@a/1.0.0@1', '-a-1.0.0@1'],
      },
      { name: 'a', version: '1.0.0', location: 'packages/a', because: 'workspace', dependencies: [] },
    ],
  })
}
