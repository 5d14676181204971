import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { components } from '#import-graph/components'

test('those that lead nowhere come first, and what leads to each other is together', () => {
  const graph: Record<string, string[]> = { a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e'], e: [], f: ['f'] }
  const found = components(Object.keys(graph), (node) => graph[node] ?? [])
  expect(found.map((group) => group.toSorted())).toEqual([['e'], ['d'], ['a', 'b', 'c'], ['f']])
})

test('a chain of 20,000 is no matter of recursion', () => {
  const nodes = Array.from({ length: 20_000 }, (_, at) => String(at))
  const found = components(nodes, (node) => (node === '19999' ? ['10000'] : [String(Number(node) + 1)]))
  expect(found[0]).toHaveLength(10_000)
  expect(found).toHaveLength(10_001)
})

test('says the same as asking of every two nodes whether each reaches the other', () => {
  const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 25 })
  fc.assert(
    fc.property(edges, (pairs) => {
      const nodes = Array.from({ length: 10 }, (_, at) => String(at))
      const next = (node: string) =>
        pairs.filter(([from]) => String(from) === node).map(([, to]) => String(to))
      const reach = new Map(nodes.map((node) => [node, reached(node, next)]))
      const found = components(nodes, next)
      const groupOf = new Map(found.flatMap((group, at) => group.map((node) => [node, at] as const)))
      for (const a of nodes) {
        for (const b of nodes) {
          const together = a === b || (reach.get(a)?.has(b) === true && reach.get(b)?.has(a) === true)
          expect(groupOf.get(a) === groupOf.get(b)).toBe(together)
          // Behind all that it leads to.
          if (reach.get(a)?.has(b) === true) {
            expect(groupOf.get(b) ?? 99).toBeLessThanOrEqual(groupOf.get(a) ?? -1)
          }
        }
      }
    }),
  )
})

function reached(start: string, next: (node: string) => string[]): Set<string> {
  const seen = new Set<string>()
  const queue = next(start)
  for (const node of queue) {
    if (seen.has(node)) continue
    seen.add(node)
    queue.push(...next(node))
  }
  return seen
}
