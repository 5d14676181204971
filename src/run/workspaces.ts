/** Resolves the workspaces a caller names to their places in the tree. */
import type { Inventory } from '#model/inventory'

/** The locations asked for (`.` for the root), or why one of the names means nothing here. */
export type WorkspaceLocations = { ok: true; locations: string[] } | { ok: false; message: string }

/** Finds each name among the names and locations of the root and the workspaces; no names means no narrowing. */
export function workspaceLocations(inventory: Inventory, names: string[]): WorkspaceLocations {
  const own = inventory.instances.filter(({ source }) => source === 'root' || source === 'workspace')
  const locations: string[] = []
  for (const name of names) {
    const wanted = name.replace(/^\.\//, '').replace(/\/$/, '')
    const found = own.find(
      (instance) => instance.name === wanted || (instance.location || '.') === (wanted || '.'),
    )
    if (found === undefined) {
      const known = own.map((instance) => instance.location || '.').join(', ')
      return { ok: false, message: `--workspace ${name}: no such workspace; this project has ${known}` }
    }
    locations.push(found.location || '.')
  }
  return { ok: true, locations }
}
