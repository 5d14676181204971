/** Finds and reads the policy that another one extends. Files only ever from the places that a policy may name. */
import { dirname, join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import { presetContent, presetName, PRESET_PREFIX } from './built-in.ts'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import type { Parent } from './extends.ts'
import type { PlacedProblem } from './json-source.ts'
import { fileLayer } from './layer.ts'
import type { Layer } from './layer.ts'
import { pathInside, readPolicyFile } from './policy-file.ts'

/** The parent; what is wrong with naming it; or what is wrong inside its file. */
export type ReadParent =
  | { kind: 'layer'; layer: Layer }
  | { kind: 'unusable'; problem: Problem }
  | { kind: 'wrong'; file: string; problem: PlacedProblem }

/** Where the project lies, for packages and for names of files. */
export interface ProjectPlace {
  disk: DiskReader
  /** Real path of the project. */
  project: string
  /** Names of files that lie in one of these folders, as people know them: real path to prefix. */
  names: ReadonlyMap<string, string>
}

/** Reads the parent that a layer names. */
export function readParent(parent: Parent, child: Layer, place: ProjectPlace): ReadParent {
  switch (parent.kind) {
    case 'preset': {
      const file = `${PRESET_PREFIX}${parent.name}`
      return {
        kind: 'layer',
        layer: { file, identity: file, value: presetContent(parent.name), duplicates: [] },
      }
    }
    case 'file': {
      const { home } = child
      if (home === undefined) return unusable({ message: `${quote(parent.path)} cannot be extended here` })
      return readFrom(join(home.folder, parent.path), parent.path, home.roots, place)
    }
    case 'package': {
      const folder = place.disk.realPath(join(place.project, 'node_modules', parent.name))
      if (folder === undefined || pathInside(place.project, folder) === undefined) {
        return unusable(noPackage(parent.name, folder !== undefined))
      }
      return readFrom(join(folder, parent.path), `${parent.name}/${parent.path}`, [folder], place)
    }
  }
}

function readFrom(path: string, text: string, roots: string[], place: ProjectPlace): ReadParent {
  const { disk } = place
  const real = disk.realPath(path)
  if (real === undefined) return unusable({ message: `there is no file ${quote(text)}`, fix: MISSING })
  if (!roots.some((root) => pathInside(root, real) !== undefined)) {
    return unusable({ message: `${quote(text)} lies outside the project`, fix: OUTSIDE })
  }
  const file = nameOf(real, text, place)
  const read = readPolicyFile(disk, real)
  switch (read.kind) {
    case 'absent':
      return unusable({ message: `there is no file ${quote(text)}`, fix: MISSING })
    case 'unreadable':
      return unusable({ ...read.problem, message: `${quote(text)} ${read.problem.message}` })
    case 'wrong':
      return { kind: 'wrong', file, problem: read.problem }
    case 'source':
      return {
        kind: 'layer',
        layer: fileLayer(file, real, read.source, [], { folder: dirname(real), roots }),
      }
  }
}

const MISSING = 'Write the path relative to the file that names it, such as "./base.json".'
const OUTSIDE = 'Move it into the project, or publish it as a package and name that.'

function noPackage(name: string, isElsewhere: boolean): Problem {
  if (isElsewhere) {
    return { message: `the package ${quote(name)} lies outside the project`, fix: 'Install it with npm ci.' }
  }
  const preset = presetName(`${PRESET_PREFIX}${name}`)
  const file = /\.jsonc?$/.test(name) ? `To name a file write "./${name}".` : undefined
  return {
    message: `the package ${quote(name)} is not in node_modules of the project`,
    fix:
      preset === undefined
        ? (file ?? 'Add it to the devDependencies and install the project with npm ci.')
        : `Did you mean "${PRESET_PREFIX}${preset}"?`,
  }
}

function unusable(problem: Problem): ReadParent {
  return { kind: 'unusable', problem }
}

/** Never a path of this machine. */
function nameOf(real: string, text: string, { names }: ProjectPlace): string {
  for (const [folder, prefix] of names) {
    const inside = pathInside(folder, real)
    if (inside !== undefined) return `${prefix}${inside}`
  }
  return text
}
