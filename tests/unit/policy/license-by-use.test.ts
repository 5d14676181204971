/** Licences that are allowed only for what does not ship. */
import { describe, expect, test } from 'vitest'
import { unusedAllowEntries } from '#policy/rules/allow-unused'
import { both, exception, judge, says } from './samples.ts'

const licenses = { notShipped: ['GPL-3.0-only'] }
const location = { file: 'src/report.ts', line: 12, column: 3 }
const shipped = { shipped: true, because: 'src/report.ts:12 imports it', location }

describe('license-by-use', () => {
  test('passes what does not ship', () => {
    const judged = judge({ claims: both('GPL-3.0-only'), use: { shipped: false } }, licenses)
    expect(judged.verdict).toBe('pass')
    expect(judged.leaves).toEqual([
      { leaf: 'GPL-3.0-only', allowed: true, why: 'in licenses.scopes.notShipped.allow' },
    ])
  })

  test('refuses what ships, and says where it is imported', () => {
    const judged = judge({ claims: both('GPL-3.0-only'), use: shipped }, licenses)
    expect(judged.verdict).toBe('violation')
    expect(judged.findings[0]?.fix).toContain('"allow": [\n    "GPL-3.0-only"\n  ]')
    expect(judged.findings).toMatchObject([
      {
        rule: 'license-by-use',
        license: 'GPL-3.0-only',
        location,
        message:
          'left-pad@1.3.0 is GPL-3.0-only, which licenses.scopes.notShipped allows for what does not ship, but src/report.ts:12 imports it',
      },
    ])
  })

  test('refuses where nobody has looked', () => {
    const judged = judge({ claims: both('GPL-3.0-only') }, licenses)
    expect(judged.findings.map(({ rule, message }) => [rule, message])).toEqual([
      [
        'license-by-use',
        'left-pad@1.3.0 is GPL-3.0-only, which licenses.scopes.notShipped allows for what does not ship, but nobody knows what the project imports',
      ],
    ])
  })

  test('another licence is not allowed, shipped or not', () => {
    for (const use of [shipped, { shipped: false }]) {
      const judged = judge({ claims: both('AGPL-3.0-only'), use }, licenses)
      expect(judged.findings.map(({ rule }) => rule)).toEqual(['license-not-allowed'])
    }
    const { findings } = judge({ claims: both('AGPL-3.0-only'), use: { shipped: false } }, licenses)
    expect(findings[0]?.message).toContain('not in licenses.allow or licenses.scopes.notShipped.allow')
  })

  test('each claim of a conflict is weighed by use', () => {
    const claims = [says('registry', 'MIT'), says('installed', 'GPL-3.0-only')]
    expect(judge({ claims, use: shipped }, licenses).verdict).toBe('violation')
    expect(judge({ claims, use: { shipped: false } }, licenses).verdict).toBe('pass')
  })

  test('an exception goes on helping, whatever ships', () => {
    const exceptions = [exception('left-pad', ['GPL-3.0-only'])]
    expect(judge({ claims: both('GPL-3.0-only'), use: shipped }, { ...licenses, exceptions }).verdict).toBe(
      'pass',
    )
  })

  test('without the list nothing changes', () => {
    const judged = judge({ claims: both('GPL-3.0-only'), use: { shipped: false } })
    expect(judged.findings.map(({ rule }) => rule)).toEqual(['license-not-allowed'])
  })

  test('an entry that only packages which ship would need is of no use', () => {
    const written = [{ license: 'GPL-3.0-only', scope: 'notShipped' as const, location }]
    const use = { kinds: ['dev' as const], workspaces: ['.'], leaves: [{ leaf: 'GPL-3.0-only' }], claims: [] }
    expect(unusedAllowEntries({ written }, [{ ...use, use: { shipped: true } }])).toHaveLength(1)
    expect(unusedAllowEntries({ written }, [use])).toHaveLength(1)
    expect(unusedAllowEntries({ written }, [{ ...use, use: { shipped: false } }])).toEqual([])
  })
})
