/** A snapshot comes back as it was, part by part; what is no snapshot comes back as none. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { summaryOf } from '#model/package-summary'
import { loadPress, loadUnpress } from '#snapshot/press'
import { decodeSnapshot, encodeSnapshot, isPressed, withInputs } from '#snapshot/snapshot-bytes'
import type { Snapshot } from '#snapshot/snapshot'
import { finding, packageReport, runReport } from '../../support/report.ts'

const HEAD: Omit<Snapshot, 'verdicts' | 'known' | 'named'> = {
  inputs: { around: [], tree: [], variables: [], environment: '' },
  expiresAt: 1,
  hasPolicy: true,
  deadlineMs: 1,
  report: runReport({ packages: [] }),
}
const ALL = Array.from({ length: 8 }, (_, index) => packageReport(`p${index}@1.0.0`))

test('whichever packages findings name, all of them come back in their order', () => {
  fc.assert(
    fc.property(fc.subarray(ALL), fc.subarray(ALL), (packages, named) => {
      const findings = named.map(({ id }) => finding({ package: id }))
      const head = { ...HEAD, report: { ...HEAD.report, findings } }
      const decoded = decodeSnapshot(encodeSnapshot(head, packages, undefined))
      expect(decoded?.packages().map(({ id }) => id)).toEqual(packages.map(({ id }) => id))
      const { summary } = decoded ?? {}
      const whole = summaryOf({ ...head.report, packages })
      expect(summary?.verdicts).toEqual(whole.verdicts)
      expect(summary?.named.map(({ id }) => id)).toEqual(whole.named.map(({ id }) => id))
    }),
  )
})

test('memory comes back, or nothing where there is none', () => {
  const memory = { confirmation: { whole: 'x' }, judgements: [] }
  expect(decodeSnapshot(encodeSnapshot(HEAD, ALL, memory))?.memory()).toEqual(memory)
  expect(decodeSnapshot(encodeSnapshot(HEAD, ALL, undefined))?.memory()).toBeUndefined()
})

test('with other inputs, pressed and not, all else comes back as it was', async () => {
  const memory = { confirmation: { whole: 'x' }, judgements: [] }
  const body = encodeSnapshot(HEAD, ALL, memory)
  const decoded = decodeSnapshot(body)
  if (decoded === undefined) throw new Error('no snapshot')
  const inputs = { ...HEAD.inputs, environment: 'elsewhere' }
  const pressed = withInputs(body, decoded, inputs, await loadPress())
  expect([isPressed(body), isPressed(pressed)]).toEqual([false, true])
  expect(() => decodeSnapshot(pressed)).toThrow('pressed')
  const arrived = decodeSnapshot(pressed, await loadUnpress())
  if (arrived === undefined) throw new Error('no snapshot')
  const own = decodeSnapshot(withInputs(pressed, arrived, HEAD.inputs), await loadUnpress())
  for (const [read, at] of [
    [arrived, inputs],
    [own, HEAD.inputs],
  ] as const) {
    expect(read?.snapshot).toEqual({ ...decoded.snapshot, inputs: at })
    expect(read?.packages()).toEqual(decoded.packages())
    expect(read?.memory()).toEqual(memory)
  }
})

describe('no snapshot', () => {
  const whole = encodeSnapshot(HEAD, ALL, undefined)

  test.each<[name: string, bytes: Uint8Array]>([
    ['nothing', Buffer.alloc(0)],
    ['a part too few', whole.subarray(0, whole.length - 9)],
    ['a part too many', Buffer.concat([whole, Buffer.alloc(5)])],
    [
      'another shape',
      Buffer.concat([Buffer.from([0, 0, 0, 0, 2]), Buffer.from('{}'), whole, Buffer.alloc(0)]),
    ],
  ])('%s', (_name, bytes) => {
    expect(decodeSnapshot(bytes)).toBeUndefined()
  })
})
