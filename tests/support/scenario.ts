/** A built project beside a registry that knows its packages: what most tests of the whole program start from. */
import type { RunReport } from '#model/run-report'
import { runCli } from './cli.ts'
import type { CliOptions, CliResult } from './cli.ts'
import { startFakeRegistry } from './fake-registry.ts'
import type { FakeRegistry } from './fake-registry.ts'
import { buildProject, publishAll } from './project.ts'
import type { BuiltProject, FakeProject } from './project.ts'

/** Everything of a scenario; `close` removes it. */
export interface Scenario {
  project: BuiltProject
  registry: FakeRegistry
  /** Runs `depgate <args>` in the project against the registry. */
  depgate: (args?: string[], options?: Partial<CliOptions>) => Promise<CliResult>
  /** The same with `--format json`, parsed. */
  json: (args?: string[], options?: Partial<CliOptions>) => Promise<CliResult & { report: RunReport }>
  close: () => Promise<void>
}

/** Licences that a test's policy allows unless it says otherwise. */
export const ALLOW = ['MIT', 'ISC', 'Apache-2.0', 'BSD-3-Clause']

/** Builds the project, starts the registry and publishes all packages of the project there. */
export async function startScenario(definition: FakeProject): Promise<Scenario> {
  const project = buildProject({ policy: { licenses: { allow: ALLOW } }, ...definition })
  const registry = await startFakeRegistry()
  publishAll(registry, definition.packages)
  const depgate = (args: string[] = [], options: Partial<CliOptions> = {}): Promise<CliResult> =>
    runCli(args, { cwd: project.folder, home: project.home, registry: registry.url, ...options })
  return {
    project,
    registry,
    depgate,
    async json(args = [], options = {}) {
      const result = await depgate(['check', '--format', 'json', ...args], options)
      if (result.stdout === '') throw new Error(`no report: ${result.stderr}`)
      return { ...result, report: JSON.parse(result.stdout) as RunReport }
    },
    async close() {
      await registry.close()
      project.remove()
    },
  }
}
