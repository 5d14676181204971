/** The run, as a list of steps: collect the tree, ask the registry, judge each package, confirm the tree, report. */
import { comparedWholly } from '#collectors/collect'
import type { ComparedTree } from '#collectors/collect'
import { foldGraph } from '#import-graph/fold-graph'
import type { Inventory, PackageInstance } from '#model/inventory'
import type { Failure, Outcome } from '#model/outcome'
import type { PackageReport, RunReport, Traffic, Warning } from '#model/run-report'
import type { RunRequest } from '#model/run-request'
import { knowFindings, untrustedTree } from '#policy/judge-run'
import { assembleReport, notJudged } from './run/assemble-report.ts'
import type { RunFindings } from './run/assemble-report.ts'
import { advisoryWarnings } from './run/advisory-warning.ts'
import { startLookingAhead } from './run/audit-parts.ts'
import { forecastWarnings } from './run/forecast-warning.ts'
import { countsAsFirstParty } from './run/hear-registry.ts'
import { changeScope } from './run/change-scope.ts'
import { runImports } from './run/imports-run.ts'
import { judgePackages } from './run/judging.ts'
import { wholeScope } from './run/scope.ts'
import { openTree } from './run/open-tree.ts'
import { selectPackages } from './run/packages.ts'
import { policyWorkspaceProblem, workspaceLocations } from './run/workspaces.ts'
import type { JudgedPackage, Lasting, OpenCache, OpenRegistry, RunEvents, World } from './run/world.ts'
import { step } from './trace.ts'

/** A report, or why the request itself was wrong. */
export type RunResult =
  | {
      kind: 'report'
      report: RunReport
      inventory?: Inventory
      lasting: Lasting
    }
  | { kind: 'usage'; message: string }

/**
 * Runs once. `signal` is the call to wrap up: what is known by then is judged, the rest is reported as incomplete.
 * Never rejects but for a bug of our own.
 */
export async function runPipeline(
  request: RunRequest,
  world: World,
  signal: AbortSignal,
  events: RunEvents,
): Promise<RunResult> {
  const abandon = new AbortController()
  const stop = AbortSignal.any([signal, abandon.signal])
  const tree = await openTree(world, stop)
  const opening = [world.openCache(), world.openRegistry(stop)] as const
  try {
    const base = request.base && world.readBase(request.base)
    const [cache, registry] = await Promise.all(opening)
    if (!tree.inventory.ok) return report(await untrusted(tree.inventory.failure))
    const inventory = tree.inventory.value
    if (base?.ok === false) return report(await untrusted(base.failure))
    const workspaces = workspaceLocations(inventory, request.workspaces)
    if (!workspaces.ok) return { kind: 'usage', message: workspaces.message }
    const stranger = policyWorkspaceProblem(inventory, request.policy)
    if (stranger !== undefined) return { kind: 'usage', message: stranger }

    const narrowing = {
      omitDev: request.omitDev,
      workspaces: workspaces.locations,
      isFirstParty: (instance: PackageInstance) => countsAsFirstParty(instance, request.policy, registry),
    }
    const importing = runImports(
      { request, inventory, workspaces: workspaces.locations, ...(base && { before: base.value.whole }) },
      world,
    )
    // A package of which nothing else is different may begin to ship.
    const use = base && request.policy.licenses.notShipped ? await importing : undefined
    const compared = base && (use === undefined ? base.value : comparedWholly(base.value))
    const selected = selectPackages(inventory, narrowing, compared && comparedOnly(compared, request.policy))
    const scope =
      compared && request.base
        ? changeScope(
            {
              before: compared,
              packagesBefore: selectPackages({ instances: compared.differing, edges: [] }, narrowing).judged,
              after: { inventory, packages: selected.judged },
              ...(use && { use }),
            },
            request.base,
            request,
            registry,
          )
        : wholeScope(selected, request)
    events.tree({
      project: projectName(inventory),
      lockfileSha256: inventory.lockfileSha256,
      tree: tree.source,
      problems: inventory.problems,
      packages: scope.packages.map((group) => notJudged(group)),
      firstParty: selected.firstParty,
      omitted: scope.omitted,
    })

    const ahead = startLookingAhead(scope.packages, {
      inventory,
      registry,
      records: world.records,
      request,
      signal: stop,
    })
    const judging = step('judge', () =>
      judgePackages(
        scope.packages,
        { inventory, source: tree.source, registry, request, world, kept: tree.kept, imports: importing },
        (lot) => {
          events.judged(lot, traffic(registry, cache, world))
          ahead.hear(lot)
        },
      ),
    )
    const looking = judging.then(({ judged }) => ahead.conclude(judged))
    const confirmed = await tree.confirmed()
    if (!confirmed.ok) {
      abandon.abort()
      await looking
      return report(await untrusted(confirmed.failure))
    }
    const imports = await importing
    if (imports?.refused !== undefined) {
      abandon.abort()
      await looking
      return { kind: 'usage', message: refusal(imports.refused) }
    }
    const { judged, lasting } = await judging
    const { findings: seen, ...audit } = await looking
    // A disk that takes no more shows only when it is written, and the report is the last chance to say so.
    await (signal.aborted
      ? cache.save()
      : Promise.race([step('write-cache', () => cache.flush()), aborted(signal)]))

    const known = knowFindings(
      {
        packages: judged.map((entry) => entry.report),
        findings: [
          ...judged.flatMap((entry) => entry.findings),
          ...scope.ofTree(confirmed.value),
          ...(imports?.findings ?? []),
          ...seen,
        ],
      },
      request.policy,
      request.now,
    )
    const { findings, change } = await scope.conclude(judged, confirmed.value, known.matched)
    return {
      kind: 'report',
      inventory: confirmed.value,
      lasting: {
        warnings: registry.ok ? registry.value.warnings : [],
        confirmation: tree.confirmationOf(confirmed.value),
        judged: lasting.map((entry, at) => reportedAs(entry, known.packages[at])),
      },
      report: assemble({
        request,
        durationMs: world.elapsedMs(),
        traffic: traffic(registry, cache, world),
        project: projectName(confirmed.value),
        lockfileSha256: confirmed.value.lockfileSha256,
        tree: tree.source,
        packages: known.packages,
        firstParty: selected.firstParty,
        omitted: scope.omitted,
        findings: [...known.findings, ...findings],
        warnings: [
          ...warnings(registry, cache),
          ...forecastWarnings(audit.forecast),
          ...(imports?.warnings ?? []),
          ...advisoryWarnings(audit.advisories, request.osv !== undefined),
        ],
        ...(change && { change }),
        ...(imports?.graph && { imports: foldGraph(imports.graph) }),
        ...(request.audit && { audit: { lapsing: [], trend: [], ...audit } }),
      }),
    }

    async function untrusted(failure: Failure): Promise<RunReport> {
      abandon.abort()
      await tree.ended()
      return assemble({
        request,
        durationMs: world.elapsedMs(),
        traffic: traffic(registry, cache, world),
        project: '',
        lockfileSha256: undefined,
        packages: [],
        firstParty: [],
        omitted: 0,
        findings: [untrustedTree(failure)],
        warnings: warnings(registry, cache),
      })
    }
  } finally {
    abandon.abort()
    const [, registry] = await Promise.all(opening)
    if (registry.ok) await registry.value.client.close()
  }
}

/** Of a change only what may differ is looked at, and what is the project's own. */
function comparedOnly({ mayDiffer }: ComparedTree, { firstParty }: RunRequest['policy']) {
  return ({ name, source }: PackageInstance): boolean =>
    firstParty.length > 0 || mayDiffer(name) || source === 'root' || source === 'workspace'
}

function reportedAs(entry: JudgedPackage, known: PackageReport | undefined): JudgedPackage {
  return known === undefined ? entry : { ...entry, report: known }
}

function report(value: RunReport): RunResult {
  return { kind: 'report', report: value, lasting: { warnings: [], confirmation: undefined, judged: [] } }
}

function assemble(findings: RunFindings): RunReport {
  return step('report', () => assembleReport(findings))
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

function traffic(registry: Outcome<OpenRegistry>, cache: OpenCache, world: World): Traffic {
  const { memory, disk, redis, misses, writes, rejected } = cache.statistics()
  return {
    network: registry.ok ? registry.value.client.statistics() : { requests: 0, retries: 0, failures: 0 },
    cache: { memory, disk, redis, misses, writes, rejected },
    texts: world.texts.statistics(),
  }
}

function warnings(registry: Outcome<OpenRegistry>, cache: OpenCache): Warning[] {
  return [...(registry.ok ? registry.value.warnings : []), ...cache.warnings()]
}

function refusal({ message, fix }: Failure): string {
  return fix === undefined ? message : `${message}\n  fix: ${fix}`
}

function projectName({ root }: Inventory): string {
  if (root.name === '') return ''
  return root.version === '' ? root.name : `${root.name}@${root.version}`
}
