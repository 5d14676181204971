/** Resolves the workspaces a caller names to their places in the tree. */
import type { Inventory, PackageInstance } from '#model/inventory'
import type { Policy } from '#model/policy'

/** The locations asked for (`.` for the root), or why one of the names means nothing here. */
export type WorkspaceLocations = { ok: true; locations: string[] } | { ok: false; message: string }

/** What is wrong with the workspaces that a policy has lists for; undefined if each of them is there. */
export function policyWorkspaceProblem(inventory: Inventory, { licenses }: Policy): string | undefined {
  const own = ownPackages(inventory)
  for (const { workspace, location } of licenses.workspaces) {
    if (own.some((instance) => placeOf(instance) === workspace)) continue
    const named = own.find((instance) => instance.name === workspace)
    const place = location.line === undefined ? location.file : `${location.file}:${location.line}`
    const fix =
      named === undefined
        ? `Remove it, or write one of ${own.map(placeOf).join(', ')}.`
        : `Write its folder, ${JSON.stringify(placeOf(named))}.`
    return `${place}  licenses.workspaces[${JSON.stringify(workspace)}]: there is no workspace in this folder\n  fix: ${fix}`
  }
  return undefined
}

/** Finds each name among the names and locations of the root and the workspaces; no names means no narrowing. */
export function workspaceLocations(inventory: Inventory, names: string[]): WorkspaceLocations {
  const own = ownPackages(inventory)
  const locations: string[] = []
  for (const name of names) {
    const wanted = name.replace(/^\.\//, '').replace(/\/$/, '')
    const found = own.find((instance) => instance.name === wanted || placeOf(instance) === (wanted || '.'))
    if (found === undefined) {
      const known = own.map(placeOf).join(', ')
      return { ok: false, message: `--workspace ${name}: no such workspace; this project has ${known}` }
    }
    locations.push(placeOf(found))
  }
  return { ok: true, locations }
}

function ownPackages({ instances }: Inventory): PackageInstance[] {
  return instances.filter(({ source }) => source === 'root' || source === 'workspace')
}

function placeOf({ location }: PackageInstance): string {
  return location || '.'
}
