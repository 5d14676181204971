/** Makes the inputs of a snapshot free of the machine and the folder they were seen in, and at home in another one. */
import { isAbsolute, join } from 'node:path'
import type { LookedAt } from '#model/run-request'
import type { Inputs } from './snapshot.ts'

/** What differs from machine to machine, all of them absolute paths. */
export interface Places {
  /** The project as it was asked for. */
  project: string
  home: string
  /** Node's own binary. */
  execPath: string
}

/** What the receiving run has looked at itself: nothing of it is taken over. */
export interface SeenHere {
  tool: LookedAt
  policy: LookedAt
}

/**
 * The inputs without places, or undefined where a path of them would mean something else elsewhere. What was looked at
 * outside of the project has to be named the same on every machine, but for the user's own .npmrc.
 */
export function portableInputs(
  { around, tree, variables }: Inputs,
  places: Places,
  environment: string,
): Inputs | undefined {
  const [tool, policy, npmrc, ...more] = around
  if (tool === undefined || policy === undefined || npmrc === undefined || more.length > 0) return undefined
  const travelling = [npmrc, ...tree].map((lookedAt) => withoutPlaces(lookedAt, places))
  const [npmrcThere, ...treeThere] = travelling.filter((lookedAt) => lookedAt !== undefined)
  if (npmrcThere === undefined || treeThere.length < tree.length) return undefined
  if (!treeThere.every(({ looks }) => looks.every(staysInTree))) return undefined
  const seen = [tool, policy].map(({ digest }) => ({ root: '', looks: [], digest }))
  return { around: [...seen, npmrcThere], tree: treeThere, variables, environment }
}

/**
 * Portable inputs as those of this machine, or undefined if depgate, policy or environment are not the same here. That
 * the rest is, everybody has to see for themselves.
 */
export function inputsHere(
  { around, tree, variables, environment }: Inputs,
  places: Places,
  here: SeenHere & { environment: string; localEnvironment: string },
): Inputs | undefined {
  const [tool, policy, npmrc] = around
  if (tool?.digest !== here.tool.digest || policy?.digest !== here.policy.digest) return undefined
  if (npmrc === undefined || environment !== here.environment) return undefined
  return {
    around: [here.tool, here.policy, withPlaces(npmrc, places)],
    tree: tree.map((lookedAt) => withPlaces(lookedAt, places)),
    variables,
    environment: here.localEnvironment,
  }
}

/** Whether Node lies in the user's home, whose path then counts as it is. */
export function isAtHome({ home, execPath }: Places): boolean {
  return execPath.startsWith(`${home}/`)
}

/** No path holds a NUL. */
const PROJECT = '\0project'
const USER_NPMRC = '\0home/.npmrc'
const NPM = '/npm/package.json'

function withoutPlaces({ root, looks, digest }: LookedAt, places: Places): LookedAt | undefined {
  if (root !== places.project) return undefined
  const travelling: string[] = []
  const npmrc = userNpmrc(places)
  const isElsewhere = !isAtHome(places)
  for (const spelt of looks) {
    const [how, path] = parts(spelt)
    if (path === places.project) travelling.push(how + PROJECT)
    else if (path === npmrc) travelling.push(how + USER_NPMRC)
    // Perhaps it follows from where the home is, by the user's own .npmrc.
    else if (isElsewhere && path.startsWith(`${places.home}/`)) return undefined
    else travelling.push(spelt)
  }
  return { root: PROJECT, looks: travelling, digest }
}

function withPlaces({ looks, digest }: LookedAt, places: Places): LookedAt {
  return {
    root: places.project,
    looks: looks.map((spelt) => {
      const place = spelt.indexOf('\0')
      if (place < 0) return spelt
      return spelt.slice(0, place) + (spelt.endsWith(PROJECT) ? places.project : userNpmrc(places))
    }),
    digest,
  }
}

function userNpmrc({ home }: Places): string {
  return join(home, '.npmrc')
}

/** Besides the project only npm: where a link leads to outside of it depends on where the project lies. */
function staysInTree(spelt: string): boolean {
  const [, path] = parts(spelt)
  return path === PROJECT || !isAbsolute(path) || path.endsWith(NPM)
}

/** How a look looks, colon included, and the path. */
function parts(spelt: string): [how: string, path: string] {
  const place = spelt.indexOf(':') + 1
  return [spelt.slice(0, place), spelt.slice(place)]
}
