import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DirectDependency } from '#collectors/collect'
import type { Offer } from '#registry/packument-versions'
import { lookUps, restless, selectAhead, upgradesOf } from '../../../src/run/fetch-plan.ts'
import type { Bounded, AheadVersion } from '../../../src/run/fetch-plan.ts'

function offer(versions: string[], tags: Record<string, string> = {}): Offer {
  return { versions, tags: new Map(Object.entries(tags)) }
}

/** Ids that are fetched ahead for one dependency. */
function ahead(spec: string, locked: string, offered: Offer): string[] {
  const dependency = { name: 'a', version: locked, spec }
  const upgrades = upgradesOf({ name: 'a', dependencies: [dependency] }, offered)
  return selectAhead([upgrades], new Set([`a@${locked}`]), 500).wanted.map(({ version }) => version)
}

describe('what an upgrade brings', () => {
  const MANY = offer(['1.0.0', '1.4.0', '1.10.0', '2.0.0-rc.1', '2.0.0', '3.0.0-beta.1'], {
    latest: '2.0.0',
    next: '3.0.0-beta.1',
  })

  test.each([
    ['^1.0.0', '1.0.0', ['1.10.0', '2.0.0']],
    ['~1.4.0', '1.4.0', ['2.0.0']],
    ['*', '1.0.0', ['2.0.0']],
    ['', '2.0.0', []],
    ['latest', '1.0.0', ['2.0.0']],
    ['next', '2.0.0', ['3.0.0-beta.1']],
    ['no-such-tag', '1.0.0', ['2.0.0']],
    ['>=4', '1.0.0', ['2.0.0']],
    ['^2.0.0-0', '2.0.0-rc.1', ['2.0.0']],
    // A lockfile that is ahead of `latest` is not led back.
    ['^3.0.0-0', '3.0.0-beta.1', []],
    ['^1.0.0', 'nonsense', ['1.10.0']],
  ])('%s with %s locked', (spec, locked, versions) => {
    expect(ahead(spec, locked, MANY)).toEqual(versions)
  })

  test('a latest that leads back is no upgrade', () => {
    expect(ahead('^1.0.0', '1.4.0', offer(['1.0.0', '1.4.0'], { latest: '1.0.0' }))).toEqual([])
  })

  test('what looks like a version and is none to semver harms nobody', () => {
    expect(ahead('^1.0.0', '1.0.0', offer(['01.2.3', '1.0.0'], { latest: '01.2.3' }))).toEqual([])
  })
})

describe('whatever lockfile and registry say', () => {
  const name = fc.constantFrom('a', 'b', '@s/c', '../up', 'node_modules', '__proto__', '')
  const version = fc.constantFrom('1.0.0', '1.2.0', '2.0.0', '2.0.0-rc.1', '01.0.0', '../x', '')
  const spec = fc.constantFrom('^1.0.0', '~2', '*', '', 'latest', 'constructor', '__proto__', 'x y z')
  const direct: fc.Arbitrary<DirectDependency[]> = fc.array(fc.record({ name, version, spec }), {
    maxLength: 40,
  })
  const offers = fc.dictionary(
    name,
    fc.record({ versions: fc.array(version), latest: version, other: version }),
  )

  test('only offered versions of declared names are asked for, each once, none that is locked, no more than allowed', () => {
    fc.assert(
      fc.property(direct, offers, fc.nat(6), (dependencies, offered, most) => {
        const looked = lookUps(dependencies, most)
        expect(looked.wanted.length).toBeLessThanOrEqual(most)
        const locked = new Set(dependencies.map((each) => `${each.name}@${each.version}`))
        const upgrades = looked.wanted.flatMap((each) => {
          const said = Object.hasOwn(offered, each.name) ? offered[each.name] : undefined
          if (said === undefined) return []
          return [upgradesOf(each, offer(said.versions, { latest: said.latest, constructor: said.other }))]
        })
        const chosen: Bounded<AheadVersion> = selectAhead(upgrades, locked, most)
        expect(chosen.wanted.length).toBeLessThanOrEqual(most)
        const ids = chosen.wanted.map((each) => `${each.name}@${each.version}`)
        expect(new Set(ids).size).toBe(ids.length)
        for (const each of chosen.wanted) {
          const said = offered[each.name]
          expect(dependencies.map((dependency) => dependency.name)).toContain(each.name)
          expect(each.name).toMatch(/^(?:a|b|@s\/c|__proto__)$/)
          expect([...(said?.versions ?? []), said?.latest, said?.other]).toContain(each.version)
          expect(locked.has(`${each.name}@${each.version}`)).toBe(false)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('nothing is lost: the bound says how much is beyond it', () => {
    const many = Array.from({ length: 7 }, (_, at) => ({ name: `p${at}`, version: '1.0.0', spec: '*' }))
    expect(lookUps(many, 5)).toMatchObject({ wanted: { length: 5 }, beyond: 2 })
    const upgrades = many.map(({ name: each }) => ({
      inRange: [{ name: each, version: '1.1.0' }],
      latest: [{ name: each, version: '2.0.0' }],
    }))
    const { wanted, beyond } = selectAhead(upgrades, new Set(), 8)
    expect(beyond).toBe(6)
    // What is in range comes with the next install; a new major version can wait.
    expect(wanted.filter((each) => each.version === '1.1.0')).toHaveLength(7)
  })

  test('one name with a thousand ranges costs a few comparisons', () => {
    const many = Array.from({ length: 1000 }, (_, at) => ({
      name: 'a',
      version: '1.0.0',
      spec: `^1.${at}.0`,
    }))
    expect(lookUps(many, 500).wanted).toMatchObject([{ name: 'a', dependencies: { length: 8 } }])
  })
})

const group = (name: string, source: 'registry' | 'git' = 'registry') => ({
  name,
  version: '1.2.3',
  source,
})

describe('what has moved often in the kept runs', () => {
  const names = ['a', 'b', 'c', 'd']
  const direct = names.map((name) => ({ name, version: '1.0.0', spec: '*' }))
  const moves = new Map([
    ['d', 5],
    ['b', 2],
    ['deep', 3],
    ['once', 1],
  ])

  test('goes first where not all can be had, in range before a new major version', () => {
    expect(lookUps(direct, 3, moves).wanted.map(({ name }) => name)).toEqual(['d', 'b', 'a'])
    const upgrades = names.map((name) => ({
      inRange: [{ name, version: '1.1.0' }],
      latest: [{ name, version: '2.0.0' }],
    }))
    const { wanted } = selectAhead(upgrades, new Set(), 5, moves)
    expect(wanted.map(({ name, version }) => `${name}@${version}`)).toEqual([
      'a@1.1.0',
      'b@1.1.0',
      'c@1.1.0',
      'd@1.1.0',
      'd@2.0.0',
    ])
    expect(selectAhead(upgrades, new Set(), 1, moves).wanted).toEqual([{ name: 'd', version: '1.1.0' }])
  })

  test('is looked up though nobody declares it, within the caret of what is locked', () => {
    const groups = [group('deep'), group('once'), group('d'), group('b', 'git')]
    expect(restless(groups, direct.slice(3), moves)).toEqual([
      { name: 'deep', version: '1.2.3', spec: '^1.2.3' },
    ])
  })
})
