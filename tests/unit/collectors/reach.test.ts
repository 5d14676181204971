import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { reachedBy, reachFrom } from '#collectors/reach'
import type { DraftEdge, Graph } from '#collectors/reach'
import { DEPENDENCY_KINDS } from '#model/inventory'
import type { DependencyKind } from '#model/inventory'

const OWN = ['', 'ws']
const place = fc.constantFrom('', 'ws', 'a', 'b', 'c', 'd')
const edge = fc.record({
  from: place,
  to: place,
  kind: fc.constantFrom(...DEPENDENCY_KINDS),
  slack: fc.boolean(),
})

function graphOf(edges: DraftEdge[]): Graph {
  const byFrom = new Map<string, DraftEdge[]>()
  for (const one of edges) byFrom.set(one.from, [...(byFrom.get(one.from) ?? []), one])
  return { edges: byFrom, firstParty: new Set(OWN) }
}

/** Every walk that uses no edge more than twice, the slow and plain way: enough to pass any one edge and come back. */
function pathsFrom(start: string, edges: DraftEdge[]): DraftEdge[][] {
  const found: DraftEdge[][] = []
  const extend = (path: DraftEdge[], at: string): void => {
    for (const next of edges) {
      if (next.from !== at || path.filter((used) => used === next).length > 1) continue
      if (next.kind === 'dev' && path.length > 0 && OWN.includes(at)) continue
      found.push([...path, next])
      extend([...path, next], next.to)
    }
  }
  extend([], start)
  return found
}

function labelOf(path: DraftEdge[]): DependencyKind {
  if (path[0]?.kind === 'dev') return 'dev'
  if (path.some(({ kind }) => kind === 'optional')) return 'optional'
  return path.some(({ kind }) => kind === 'peer') ? 'peer' : 'production'
}

test('labels, requirement and owners are those of all paths', () => {
  fc.assert(
    fc.property(fc.array(edge, { maxLength: 5 }), (drawn) => {
      const edges = drawn.map(({ from, to, kind, slack }): DraftEdge => {
        const real = kind === 'dev' && !OWN.includes(from) ? 'production' : kind
        return {
          from,
          to,
          name: to,
          spec: '',
          kind: real,
          optional: real === 'optional' || (real === 'peer' && slack),
        }
      })
      const graph = graphOf(edges)
      const reach = reachFrom(graph, OWN)
      const owners = reachedBy(graph)
      const paths = OWN.flatMap((start) => pathsFrom(start, edges).map((path) => ({ start, path })))
      for (const location of ['a', 'b', 'c', 'd']) {
        const here = paths.filter(({ path }) => path.at(-1)?.to === location)
        const needed = here
          .filter(({ path }) => path.every(({ optional }) => !optional))
          .map(({ path }) => path)
        const found = reach.get(location)
        expect(found?.kinds ?? []).toEqual(
          DEPENDENCY_KINDS.filter((kind) => here.some(({ path }) => labelOf(path) === kind)),
        )
        expect(found?.required ?? false).toBe(needed.length > 0)
        if (needed.length > 0) {
          expect(found?.onlyDev).toBe(needed.every((path) => path[0]?.kind === 'dev'))
          expect(found?.onlyDevOrPeer).toBe(
            needed.every((path) => path[0]?.kind === 'dev' || path.some(({ kind }) => kind === 'peer')),
          )
          expect(found?.onlyPeer).toBe(needed.every((path) => path.some(({ kind }) => kind === 'peer')))
        }
        expect(owners.get(location) ?? []).toEqual(
          [...new Set(here.map(({ start }) => start || '.'))].toSorted(),
        )
      }
    }),
    { numRuns: 300 },
  )
})
