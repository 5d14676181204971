/** Finds out which imports of files in circles are erased: those alone decide whether the circle is one. */
import { parentOf } from '#collectors/tree-location'
import { components } from '#import-graph/components'
import { fileSteps, isFollowedAtOnce } from '#import-graph/edges'
import type { FileStep } from '#import-graph/edges'
import type { SourceFile } from '#model/imports'
import type { Project } from './project.ts'
import type { SecondLook } from './second-look.ts'

/** Marks them in the files; `root` is the absolute path of the project. */
export async function markErased(
  project: Project,
  root: string,
  files: readonly SourceFile[],
  look: SecondLook,
): Promise<void> {
  const steps = stepsInCircles(files).filter(
    ({ from, site }) => site.form === 'import' && mayBeErased(project, from),
  )
  const paths = [...new Set(steps.map(({ from }) => from))]
  if (paths.length === 0) return
  const erased = await look(paths.map((path) => ({ path, absolute: `${root}/${path}` })))
  for (const { from, site } of steps)
    if (erased.get(from)?.has(`${site.line}:${site.column}`) === true) site.erased = true
}

/** Imports from one file of a circle to another of the same. */
function stepsInCircles(files: readonly SourceFile[]): FileStep[] {
  const steps = fileSteps({ files: [...files] }, isFollowedAtOnce)
  const knots = components(steps.keys(), (path) => (steps.get(path) ?? []).map(({ to }) => to))
  const knotOf = new Map(knots.flatMap((knot) => knot.map((path) => [path, knot] as const)))
  return [...steps.values()].flat().filter(({ from, to }) => knotOf.get(from) === knotOf.get(to))
}

/** Markup may use what its scripts import, which no script says. */
function mayBeErased(project: Project, path: string): boolean {
  if (!/\.[cm]?tsx?$/i.test(path)) return false
  return !project.configsFor(parentOf(path)).some(({ keepsImports }) => keepsImports)
}
