/** Strongly connected components: the groups of nodes of which each leads to each other. */

/** A node that is being looked at, and how far its neighbours have been. */
interface Visit {
  node: string
  neighbours: readonly string[]
  next: number
}

/**
 * All components, by Tarjan's algorithm without recursion: those that lead nowhere else come first, so that every
 * component stands behind all that it leads to. Nodes and neighbours are taken in the order in which they are given.
 */
export function components(
  nodes: Iterable<string>,
  neighbours: (node: string) => readonly string[],
): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const isOpen = new Set<string>()
  const found: string[][] = []

  function enter(node: string): Visit {
    order.set(node, order.size)
    lowest.set(node, order.size - 1)
    open.push(node)
    isOpen.add(node)
    return { node, neighbours: neighbours(node), next: 0 }
  }

  function lower(node: string, to: number | undefined): void {
    lowest.set(node, Math.min(lowest.get(node) ?? 0, to ?? 0))
  }

  function close(root: string): void {
    const component = open.splice(open.lastIndexOf(root))
    for (const node of component) isOpen.delete(node)
    found.push(component)
  }

  for (const start of nodes) {
    if (order.has(start)) continue
    const visits = [enter(start)]
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { node } = visit
      const neighbour = visit.neighbours[visit.next]
      visit.next += 1
      if (neighbour === undefined) {
        if (lowest.get(node) === order.get(node)) close(node)
        visits.pop()
        const above = visits.at(-1)
        if (above !== undefined) lower(above.node, lowest.get(node))
      } else if (!order.has(neighbour)) visits.push(enter(neighbour))
      else if (isOpen.has(neighbour)) lower(node, order.get(neighbour))
    }
  }
  return found
}
