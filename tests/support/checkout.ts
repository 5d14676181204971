/** A project as it is right after a checkout, with a lockfile and nothing installed: what `depgate fetch` starts from. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FetchReport } from '#model/fetch-report'
import type { CliOptions, CliResult } from './cli.ts'
import { installPackage } from './project.ts'
import type { FakePackage, FakeProject } from './project.ts'
import { startScenario } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** A scenario without `node_modules`. */
export interface Checkout extends Scenario {
  /** Runs `depgate fetch`; its report parsed. */
  fetch: (args?: string[], options?: Partial<CliOptions>) => Promise<CliResult & { report: FetchReport }>
  uninstall: () => void
  /** Installs these and nothing else. */
  install: (packages: FakePackage[]) => void
  /** Fails if a check of what is installed would need a single answer that is not in the cache. */
  expectWarm: () => Promise<void>
}

/** A package under the MIT licence. */
export function mit(name: string, version: string, more: Partial<FakePackage> = {}): FakePackage {
  return { name, version, license: 'MIT', ...more }
}

/** Builds the project and its registry, and removes what is installed. */
export async function startCheckout(definition: FakeProject): Promise<Checkout> {
  const scenario = await startScenario(definition)
  const { folder } = scenario.project
  const uninstall = (): void => rmSync(join(folder, 'node_modules'), { recursive: true, force: true })
  uninstall()
  return {
    ...scenario,
    uninstall,
    async fetch(args = [], options = {}) {
      const result = await scenario.depgate(['fetch', '--format', 'json', ...args], options)
      if (result.stdout === '') throw new Error(`no report: ${result.stderr}`)
      return { ...result, report: JSON.parse(result.stdout) as FetchReport }
    },
    install(packages) {
      uninstall()
      for (const entry of packages) if (entry.installed !== false) installPackage(folder, entry)
    },
    async expectWarm() {
      scenario.registry.requests.length = 0
      const { code, report } = await scenario.json(['--offline'])
      expect(report.findings.filter(({ severity }) => severity === 'deny')).toEqual([])
      expect(code).toBe(0)
      expect(report.coverage.incomplete).toBe(0)
      expect(scenario.registry.requests).toEqual([])
    },
  }
}
