/** A change by hand: one package of each kind of change, one of them relicensed, and a policy that grew. */
import type { ChangeReport } from '#model/change'

/** The change, with what a test wants different. */
export function changeReport(changes: Partial<ChangeReport> = {}): ChangeReport {
  return {
    base: {
      name: 'origin/main',
      commit: '0123456789abcdef0123456789abcdef01234567',
      lockfileSha256: '0'.repeat(64),
      policySha256: '1'.repeat(64),
    },
    packages: [
      {
        type: 'added',
        name: 'left-pad',
        after: { version: '1.3.0', license: 'WTFPL', kinds: ['production'] },
        differs: [],
        path: ['app@1.0.0', 'router@2.0.0', 'left-pad@1.3.0'],
      },
      {
        type: 'changed',
        name: 'mocha',
        before: { version: '1.0.0', license: 'MIT', kinds: ['dev'] },
        after: { version: '1.0.0', license: 'MIT', kinds: ['production'] },
        differs: ['kinds'],
        path: ['app@1.0.0', 'mocha@1.0.0'],
      },
      {
        type: 'removed',
        name: 'old',
        before: { version: '0.1.0', license: null, kinds: ['optional'] },
        differs: [],
        path: ['app@1.0.0', 'a@1.0.0', 'b@1.0.0', 'c@1.0.0', 'old@0.1.0'],
      },
      {
        type: 'updated',
        name: 'ua-parser-js',
        before: { version: '1.0.38', license: 'MIT', kinds: ['production'] },
        after: { version: '2.0.0', license: 'AGPL-3.0-or-later', kinds: ['production'] },
        differs: ['version', 'license'],
        path: ['app@1.0.0', 'ua-parser-js@2.0.0'],
      },
    ],
    needsPolicyOwner: [
      {
        file: 'depgate.config.json',
        message: 'licenses.allow names AGPL-3.0-or-later, which origin/main does not.',
      },
    ],
    ...changes,
  }
}
