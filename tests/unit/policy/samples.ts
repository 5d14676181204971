/** Facts and policies to judge, each with only the differences that a test is about. */
import type { Claim, Witness } from '#model/claim'
import type { FailureCode } from '#model/outcome'
import { parsePackageSpec } from '#model/package-spec'
import type { Clarification, Exception, PackageSpec, Policy } from '#model/policy'
import { createJudge } from '#policy/judge-package'
import type { PackageFacts, PackageJudgement } from '#policy/judge-package'

/** Noon of 21 November 2026. */
export const NOW = Date.UTC(2026, 10, 21, 12)

export function spec(text: string): PackageSpec {
  const parsed = parsePackageSpec(text)
  if (!parsed.ok) throw new Error(parsed.problem)
  return parsed.spec
}

export function policy(licenses: Partial<Policy['licenses']> = {}): Policy {
  return {
    file: 'depgate.config.json',
    sha256: '0'.repeat(64),
    licenses: {
      allow: ['MIT', 'ISC'],
      scopes: { production: [], dev: [], optional: [] },
      workspaces: [],
      written: [],
      exceptions: [],
      clarify: [],
      ...licenses,
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
    sources: { registries: [], git: 'warn', file: 'warn', url: 'warn', integrity: 'warn', addresses: 'deny' },
    advisories: { level: 'high', ignore: [], maxAgeMs: 7 * 86_400_000, unavailable: 'warn' },
    notify: [],
    firstParty: [],
    forecast: {
      relicensed: 'warn',
      licenseLost: 'warn',
      repositoryMissing: 'warn',
      silent: 'off',
      silentAfterMs: 94_608_000_000,
    },
    baseline: { file: 'depgate.baseline.json', exists: false, stale: 'warn', entries: [] },
    network: { concurrency: 64, requestsPerSecond: 3000, timeoutMs: 3000 },
    cache: { ttlMs: 86_400_000 },
    history: { runs: 100, days: 30, keep: 'more' },
    deadlineMs: 10_000,
  }
}

export function exception(text: string, allow: string[], expires = '2027-03-01'): Exception {
  const location = { file: 'depgate.config.json', line: 7 }
  return { package: spec(text), allow, reason: 'r', owner: 'legal', expires, location }
}

export function clarification(
  text: string,
  license: string,
  more: Partial<Clarification> = {},
): Clarification {
  const location = { file: 'depgate.config.json', line: 9 }
  return {
    package: spec(text),
    license,
    files: [{ file: 'LICENSE', sha256: 'a'.repeat(64) }],
    reason: 'r',
    location,
    ...more,
  }
}

/** A claim of a licence. */
export function says(witness: Witness, license: string, raw: unknown = license): Claim {
  return { witness, raw, license, at: '2026-11-21T12:00:00.000Z', from: 'disk' }
}

/** A claim without a licence. */
export function mutters(witness: Witness, reason: NonNullable<Claim['reason']>, raw?: unknown): Claim {
  return { witness, raw, reason, at: '2026-11-21T12:00:00.000Z', from: 'disk' }
}

/** A witness that was not heard. */
export function fails(witness: Witness, code: FailureCode): Claim {
  const failure = { code, message: `something about ${code}` }
  return { witness, failure, at: '2026-11-21T12:00:00.000Z', from: 'network' }
}

/** Both witnesses say the same. */
export function both(license: string): Claim[] {
  return [says('registry', license), says('installed', license)]
}

export function facts(more: Partial<PackageFacts> = {}): PackageFacts {
  return {
    id: 'left-pad@1.3.0',
    name: 'left-pad',
    version: '1.3.0',
    source: 'registry',
    installed: true,
    kinds: ['production'],
    workspaces: ['.'],
    paths: [['app@1.0.0', 'some-lib@2.1.0', 'left-pad@1.3.0']],
    claims: both('MIT'),
    expected: ['registry', 'installed'],
    integrity: { lockfile: [], registry: [] },
    clarifiedFiles: [],
    location: { file: 'package-lock.json', line: 12 },
    ...more,
  }
}

export function judge(
  more: Partial<PackageFacts>,
  licenses: Partial<Policy['licenses']> = {},
  now = NOW,
): PackageJudgement {
  return createJudge(policy(licenses), now)(facts(more))
}

/** Verdict and rules in one text: `violation: license-not-allowed`. */
export function summary({ verdict, findings }: PackageJudgement): string {
  const rules = findings.map(({ rule, severity }) => (severity === 'warn' ? `(${rule})` : rule))
  return [verdict, ...rules].join(' ')
}
