/** Finds out which imports are erased, where that decides: whether a circle is one, and whether types alone are enough. */
import { parentOf } from '#collectors/tree-location'
import { components } from '#import-graph/components'
import { fileSteps, isFollowedAtOnce } from '#import-graph/edges'
import type { FileStep } from '#import-graph/edges'
import type { ResolvedImport, SourceFile } from '#model/imports'
import { declaresIn } from './nearest-manifest.ts'
import type { Project } from './project.ts'
import type { SecondLook } from './second-look.ts'
import { typesPackage } from './specifier.ts'

/** An import, by the path of its file. */
interface Asked {
  from: string
  site: ResolvedImport
}

/** Marks them in the files; `root` is the absolute path of the project. */
export async function markErased(
  project: Project,
  root: string,
  files: readonly SourceFile[],
  look: SecondLook,
): Promise<void> {
  const asked: Asked[] = [...stepsInCircles(files), ...typedOnly(project, files)].filter(
    ({ from, site }) => site.form === 'import' && mayBeErased(project, from),
  )
  const paths = [...new Set(asked.map(({ from }) => from))]
  if (paths.length === 0) return
  const erased = await look(paths.map((path) => ({ path, absolute: `${root}/${path}` })))
  for (const { from, site } of asked)
    if (erased.get(from)?.has(`${site.line}:${site.column}`) === true) site.erased = true
}

/** Imports from one file of a circle to another of the same. */
function stepsInCircles(files: readonly SourceFile[]): FileStep[] {
  const steps = fileSteps({ files: [...files] }, isFollowedAtOnce)
  const knots = components(steps.keys(), (path) => (steps.get(path) ?? []).map(({ to }) => to))
  const knotOf = new Map(knots.flatMap((knot) => knot.map((path) => [path, knot] as const)))
  return [...steps.values()].flat().filter(({ from, to }) => knotOf.get(from) === knotOf.get(to))
}

/** Imports of packages that the nearest package.json does not declare, while some package.json declares just their types. */
function typedOnly(project: Project, files: readonly SourceFile[]): Asked[] {
  const known = new Map<string, boolean>()
  const isTypedOnly = (name: string): boolean => {
    const types = typesPackage(name)
    const found =
      known.get(name) ?? project.packages.some((own) => declaresIn(own, [types]) && !declaresIn(own, [name]))
    known.set(name, found)
    return found
  }
  return files.flatMap(({ path, imports }) => {
    const owner = project.owner(parentOf(path))
    return imports.flatMap((site) => {
      const { target, typeOnly } = site
      if (typeOnly || target.kind !== 'package' || declaresIn(owner, [target.name])) return []
      return isTypedOnly(target.name) ? [{ from: path, site }] : []
    })
  })
}

/** Markup may use what its scripts import, which no script says. */
function mayBeErased(project: Project, path: string): boolean {
  if (!/\.[cm]?tsx?$/i.test(path)) return false
  return !project.configsFor(parentOf(path)).some(({ keepsImports }) => keepsImports)
}
