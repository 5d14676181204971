import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLookUp } from '#collectors/look-up'
import { emptyFolder } from './project-folder.ts'

const name = fc.constantFrom('a', 'b', '@s/c')

test('finds what Node itself finds', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.array(name, { minLength: 1, maxLength: 3 }), { maxLength: 6, selector: String }),
      (chains) => {
        const project = emptyFolder()
        const places = new Set(
          chains.flatMap((chain) =>
            chain.map((_, at) =>
              chain
                .slice(0, at + 1)
                .map((part) => `node_modules/${part}`)
                .join('/'),
            ),
          ),
        )
        for (const place of places) {
          mkdirSync(join(project, place), { recursive: true })
          writeFileSync(join(project, place, 'package.json'), '{}')
          writeFileSync(join(project, place, 'index.js'), '')
        }
        const find = createLookUp([...places].map((place) => [place, place] as const))
        for (const from of ['', ...places]) {
          for (const wanted of ['a', 'b', '@s/c']) {
            expect(find(from, wanted), `${wanted} from ${from}`).toBe(nodeFinds(project, from, wanted))
          }
        }
      },
    ),
    { numRuns: 40 },
  )
})

function nodeFinds(project: string, from: string, wanted: string): string | undefined {
  try {
    return dirname(createRequire(join(project, from, 'x.js')).resolve(wanted)).slice(project.length + 1)
  } catch {
    return undefined
  }
}

test('a workspace looks from its own folder upwards, links stand for their target', () => {
  const find = createLookUp([
    ['node_modules/ws', 'packages/ws'],
    ['node_modules/x', 'node_modules/x'],
    ['packages/ws/node_modules/x', 'packages/ws/node_modules/x'],
    ['packages/node_modules/y', 'packages/node_modules/y'],
    ['packages/ws', 'packages/ws'],
  ])
  expect(find('', 'ws')).toBe('packages/ws')
  expect(find('packages/ws', 'x')).toBe('packages/ws/node_modules/x')
  expect(find('packages/ws', 'y')).toBe('packages/node_modules/y')
  expect(find('', 'y')).toBeUndefined()
  expect(find('', '__proto__')).toBeUndefined()
  expect(find('', '../packages/ws')).toBeUndefined()
})
