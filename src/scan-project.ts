/** The import scan for whoever wants to look at imports and not at licences: no registry, no npm, no verdict. */
import { emptyPolicy, loadPolicy } from '#config/load'
import { openDisk } from '#disk/disk'
import { EXIT_CODE } from '#model/exit-code'
import type { ImportRules } from '#model/import-rules'
import type { ImportGraph } from '#model/imports'
import type { Inventory } from '#model/inventory'
import { monotonicMs } from './clock.ts'
import { planOf } from './run.ts'
import type { RequestError, RunOptions } from './run.ts'
import { step } from './trace.ts'

/** Which project, by which policy, and for how long at most. */
export type ScanOptions = Pick<RunOptions, 'project' | 'config' | 'deadline' | 'cacheDirectory' | 'startedAt'>

/** What a scan found out, as plain data. */
export interface ProjectScan {
  graph: ImportGraph
  /** The policy's; absent where it says nothing of imports, or there is none. */
  rules?: ImportRules
  /** What the lockfile installs; empty where that cannot be read. */
  inventory: Pick<Inventory, 'instances' | 'edges'>
}

/** A scan, or why there is none: exit code 2 for what only the user can mend, 3 for what could not be checked. */
export type ScanOutcome = { kind: 'scan'; scan: ProjectScan } | RequestError

/** Scans once, within the deadline; needs no policy. Rejects only for a bug of depgate's own. */
export async function scanProject(options: ScanOptions = {}): Promise<ScanOutcome> {
  const plan = planOf(options, options.startedAt ?? monotonicMs())
  if ('kind' in plan) return plan
  const { project, realProject } = plan
  const disk = openDisk(realProject)
  const loaded = loadPolicy({
    project,
    disk,
    ...(options.config !== undefined && { configPath: options.config }),
  })
  if (!loaded.ok && !loaded.absent) return refuse(EXIT_CODE.usage, loaded)
  const policy = loaded.ok ? loaded.policy : emptyPolicy()
  const [{ runRequest }, { buildWorld }] = await Promise.all([
    import('./run/whole-run.ts'),
    import('./runtime.ts'),
  ])
  const world = buildWorld(runRequest(plan, { policy, hasPolicy: loaded.ok, disk }), {
    onChild: () => undefined,
  })
  const { imports: rules = { files: [], ignore: [] } } = policy
  const scanned = await step('scan-imports', () => world.scanImports(rules))
  if (!scanned.ok) {
    const { code } = scanned.failure
    return refuse(code === 'parser-missing' ? EXIT_CODE.usage : EXIT_CODE.incomplete, scanned.failure)
  }
  const locked = world.readLocked()
  const { instances, edges } = locked.ok ? locked.value : { instances: [], edges: [] }
  return {
    kind: 'scan',
    scan: {
      graph: scanned.value,
      ...(policy.imports && { rules: policy.imports }),
      inventory: { instances, edges },
    },
  }
}

function refuse(
  exitCode: RequestError['exitCode'],
  { message, fix }: { message: string; fix?: string },
): RequestError {
  return { kind: 'error', exitCode, message: fix === undefined ? message : `${message}\n  fix: ${fix}` }
}
