/** Selects packages of the shared run for a test to judge; an empty selection is a mistake, never a pass. */
import type { DependencyKind } from '#model/inventory'
import type { PackageReport, RunReport } from '#model/run-report'
import { sharedReport } from './shared-run.ts'

/** Which packages a test speaks of. Each narrowing gives a new selection; they add up. */
export interface Selection {
  /** Reached as production, optional or peer dependencies: what ships. */
  production(): Selection
  /** Reached as development dependencies. */
  dev(): Selection
  /** Reached over at least one optional dependency. */
  optional(): Selection
  /** Reached over at least one peer dependency. */
  peer(): Selection
  /** Named exactly so, or by a pattern such as `@acme/*`. */
  named(pattern: string): Selection
  /** Reached by the workspace at this location (`.` for the root). */
  inWorkspace(location: string): Selection
  /** The project's own dependencies: one step from a root. */
  direct(): Selection
  /** Reached through a package of this name, itself included. */
  through(name: string): Selection
  /** The selected packages and the report they stand in; rejects when nothing matches. */
  resolve(): Promise<SelectedReport>
  /** The narrowings in words, for messages. */
  readonly description: string
}

/** What a selection resolves to. */
export interface SelectedReport {
  report: RunReport
  packages: PackageReport[]
}

/** All dependencies of the project, as the shared run found them. */
export function dependencies(): Selection {
  return select('dependencies()', [])
}

type Condition = (entry: PackageReport) => boolean

function select(description: string, conditions: Condition[]): Selection {
  const narrow = (words: string, condition: Condition): Selection =>
    select(`${description}.${words}`, [...conditions, condition])
  const ofKind = (words: string, kinds: DependencyKind[]): Selection =>
    narrow(words, (entry) => entry.kinds.some((kind) => kinds.includes(kind)))
  return {
    description,
    production: () => ofKind('production()', ['production', 'optional', 'peer']),
    dev: () => ofKind('dev()', ['dev']),
    optional: () => ofKind('optional()', ['optional']),
    peer: () => ofKind('peer()', ['peer']),
    named: (pattern) => narrow(`named('${pattern}')`, (entry) => matchesName(pattern, entry.name)),
    inWorkspace: (location) =>
      narrow(`inWorkspace('${location}')`, (entry) => entry.workspaces.includes(location)),
    direct: () => narrow('direct()', (entry) => entry.paths.some((path) => path.length === 2)),
    through: (name) =>
      narrow(`through('${name}')`, (entry) =>
        entry.paths.some((path) => path.some((id) => id.slice(0, id.lastIndexOf('@')) === name)),
      ),
    async resolve() {
      const report = await sharedReport()
      const packages = report.packages.filter((entry) => conditions.every((condition) => condition(entry)))
      if (packages.length === 0 && !isEmptyTree(report)) {
        throw new Error(
          `depgate: ${description} selects no package, so the test would say nothing; ` +
            `the tree has ${report.packages.length} packages`,
        )
      }
      return { report, packages }
    },
  }
}

/** A tree that could not be read selects nothing either; the matcher then tells why. */
function isEmptyTree(report: RunReport): boolean {
  return report.packages.length === 0 && report.verdict !== 'pass'
}

function matchesName(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
