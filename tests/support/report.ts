/** Builds reports by hand for tests of everything that shows one. */
import type { Finding } from '#model/finding'
import type { PackageReport, RunReport } from '#model/run-report'

/** A package that passes, with what a test wants different. */
export function packageReport(id: string, changes: Partial<PackageReport> = {}): PackageReport {
  const at = id.lastIndexOf('@')
  const name = id.slice(0, at)
  return {
    id,
    name,
    version: id.slice(at + 1),
    purl: `pkg:npm/${name}@${id.slice(at + 1)}`,
    source: 'registry',
    installed: true,
    kinds: ['production'],
    workspaces: ['.'],
    locations: [`node_modules/${name}`],
    paths: [['app@1.0.0', id]],
    dependencies: [],
    integrity: [],
    verdict: 'pass',
    license: 'MIT',
    conclusion: 'declared',
    claims: [
      { witness: 'registry', raw: 'MIT', license: 'MIT', at: '2026-01-01T00:00:00.000Z', from: 'network' },
      {
        witness: 'installed',
        raw: 'MIT',
        license: 'MIT',
        at: '2026-01-01T00:00:00.000Z',
        from: 'node_modules',
      },
    ],
    leaves: [{ leaf: 'MIT', allowed: true, why: 'in licenses.allow' }],
    exceptions: [],
    ...changes,
  }
}

/** A finding that denies, with what a test wants different. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'license-not-allowed',
    severity: 'deny',
    verdict: 'violation',
    message: 'AGPL-3.0-only is not in licenses.allow',
    path: [],
    fingerprint: `${changes.package ?? ''}${changes.rule ?? ''}`,
    ...changes,
  }
}

/** A report over packages and findings. */
export function runReport(changes: Partial<RunReport> = {}): RunReport {
  const packages = changes.packages ?? [packageReport('a@1.0.0')]
  const incomplete = packages.filter((entry) => entry.verdict === 'incomplete').length
  return {
    schemaVersion: 1,
    tool: { name: 'depgate', version: '0.0.0' },
    run: {
      id: 'run',
      command: 'check',
      startedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 812,
      deadlineMs: 10_000,
      offline: false,
      network: { requests: 1, retries: 0, failures: 0 },
      texts: { files: 0, distinct: 0, cached: 0, recognised: 0 },
      cache: { memory: 0, disk: 0, redis: 0, misses: 1, writes: 1, rejected: 0 },
    },
    inputs: { project: 'app@1.0.0', lockfileSha256: null, policySha256: null, licenseList: 'list' },
    verdict: 'pass',
    coverage: {
      total: packages.length,
      judged: packages.length - incomplete,
      omitted: 0,
      incomplete,
      firstParty: 1,
      notInstalled: [],
    },
    packages,
    firstParty: [
      { name: 'app', version: '1.0.0', location: '.', because: 'root', dependencies: ['a@1.0.0'] },
    ],
    findings: [],
    warnings: [],
    ...changes,
  }
}
