import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareSpeed, parseSpeed, speedOf, SPEED_LIMITS } from '#metrics/regression'
import type { Speed } from '#metrics/regression'
import { oddReport } from '../../support/odd-report.ts'

const before: Speed = {
  schemaVersion: 1,
  kind: 'network',
  durationMs: 1000,
  referenceMs: 2,
  packages: 800,
}

describe('comparing', () => {
  test('says how much slower, and how many packages there are more', () => {
    const { verdict, message } = compareSpeed(before, { ...before, durationMs: 1800, packages: 2000 })
    expect(verdict).toBe('slower')
    expect(message).toBe(
      'your gate got slower: 1.8 times the stored run, 1,200 packages more ' +
        '(1800 ms, where 1000 ms were to be expected of this machine)',
    )
  })

  test('a machine that is slower as a whole is no slower gate, and a faster one hides none', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 20, noNaN: true }), (factor) => {
        const onThisMachine = { durationMs: 1000 * factor, referenceMs: 2 * factor }
        expect(compareSpeed(before, { ...before, ...onThisMachine }).verdict).toBe('not-slower')
        const slower = { durationMs: 2000 * factor, referenceMs: 2 * factor }
        expect(compareSpeed(before, { ...before, ...slower }).verdict).toBe('slower')
      }),
    )
  })

  test('both limits have to be passed', () => {
    expect(compareSpeed(before, { ...before, durationMs: 1490 }).verdict).toBe('not-slower')
    const small = { ...before, durationMs: 50 }
    expect(compareSpeed(small, { ...small, durationMs: 149 }).verdict).toBe('not-slower')
    expect(compareSpeed(small, { ...small, durationMs: 151 }).verdict).toBe('slower')
    const strict = { threshold: 1.1, floorMs: 0 }
    expect(compareSpeed(before, { ...before, durationMs: 1110 }, strict).verdict).toBe('slower')
    expect(SPEED_LIMITS).toEqual({ threshold: 1.5, floorMs: 100 })
  })

  test('runs of different kinds are not compared, and one package is one', () => {
    const { verdict, message } = compareSpeed(before, { ...before, kind: 'snapshot', durationMs: 9000 })
    expect(verdict).toBe('not-comparable')
    expect(message).toContain('this run found nothing changed, the stored one asked the registry')
    expect(compareSpeed(before, { ...before, packages: 799 }).message).toContain('1 package fewer')
  })
})

describe('storing', () => {
  const report = oddReport()

  test('what is stored can be read again', () => {
    const stored = speedOf(
      { ...report, verdict: 'pass', coverage: { ...report.coverage, incomplete: 0 } },
      2.5,
    )
    expect(stored).toBeDefined()
    expect(parseSpeed(JSON.stringify(stored))).toEqual(stored)
  })

  test('a run that was cut short is not', () => {
    expect(speedOf({ ...report, verdict: 'incomplete' }, 2.5)).toBeUndefined()
    expect(
      speedOf({ ...report, verdict: 'violation', coverage: { ...report.coverage, incomplete: 1 } }, 2),
    ).toBeUndefined()
    expect(speedOf({ ...report, verdict: 'pass' }, 0)).toBeUndefined()
  })

  test.each([
    ['no JSON', '{'],
    ['null', 'null'],
    ['a list', '[1]'],
    ['another schema', JSON.stringify({ ...before, schemaVersion: 2 })],
    ['another kind', JSON.stringify({ ...before, kind: 'toString' })],
    ['a text for a number', JSON.stringify({ ...before, durationMs: '5' })],
    ['nothing for a number', JSON.stringify({ ...before, referenceMs: null })],
    ['a reference of nothing', JSON.stringify({ ...before, referenceMs: 0 })],
    ['a negative time', JSON.stringify({ ...before, durationMs: -1 })],
    ['what is only inherited', `{ "__proto__": ${JSON.stringify(before)} }`],
  ])('%s is no stored run', (_, text) => {
    expect(parseSpeed(text)).toBeUndefined()
  })
})
