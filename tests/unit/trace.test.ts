import { channel } from 'node:diagnostics_channel'
import { afterEach, expect, test } from 'vitest'
import { metrics } from '#metrics/plug-in'
import { startRelay } from '#metrics/relay'
import {
  begin,
  count,
  isHeard,
  level,
  listen,
  relay,
  span,
  step,
  stepTook,
  TRACE_TYPES,
} from '../../src/trace.ts'
import type { TraceEvent } from '../../src/trace.ts'

const endings: (() => void)[] = []
afterEach(() => {
  for (const end of endings.splice(0)) end()
})

function heard(types = TRACE_TYPES): TraceEvent[] {
  const events: TraceEvent[] = []
  endings.push(listen(types, (event) => events.push(event)))
  return events
}

function tellAll(): void {
  step('a', () => undefined)
  span('b', () => undefined)
  count('c', 'key', 2)
  level('d', 'key', 'open')
}

test('where nobody listens, everything goes its way and nothing is told', async () => {
  expect(TRACE_TYPES.filter(isHeard)).toEqual([])
  const promise = Promise.resolve(1)
  expect(span('x', () => promise)).toBe(promise)
  expect(begin('x')).toBe(begin('y'))
  stepTook('x', 1)
  tellAll()
  expect(() =>
    step('x', () => {
      throw new Error('as it was')
    }),
  ).toThrow('as it was')
})

test('each type has its channel, and each event says when', () => {
  const events = heard()
  const before = Date.now()
  tellAll()
  expect(events).toMatchObject([
    { type: 'step', name: 'a', failed: false },
    { type: 'span', name: 'b', failed: false },
    { type: 'count', name: 'c', key: 'key', by: 2 },
    { type: 'level', name: 'd', key: 'key', value: 'open' },
  ])
  for (const event of events) {
    if (event.type !== 'count') expect(Math.abs(event.at - before)).toBeLessThan(5000)
  }
  for (const type of TRACE_TYPES) expect(channel(`depgate:${type}`).hasSubscribers).toBe(true)
})

test('a listener hears only what it asked for, until it ends', () => {
  const events: TraceEvent[] = []
  const end = listen(['count'], (event) => events.push(event))
  expect(TRACE_TYPES.filter(isHeard)).toEqual(['count'])
  tellAll()
  end()
  tellAll()
  expect(events.map(({ type }) => type)).toEqual(['count'])
})

test('a promise comes back as the same promise, and its rejection is not swallowed', async () => {
  const events = heard()
  const promise = Promise.reject(new Error('no'))
  expect(span('x', () => promise)).toBe(promise)
  await expect(promise).rejects.toThrow('no')
  await Promise.resolve()
  expect(events).toMatchObject([{ name: 'x', failed: true }])
})

test('an event of the worker is told again with a mark', () => {
  const events = heard()
  relay({ type: 'count', name: 'c', key: '', by: 1 })
  expect(events).toEqual([{ type: 'count', name: 'c', key: '', by: 1, relayed: true }])
})

test('a relay keeps frequent events back in lots, hands rare ones over at once, and the rest at its end', () => {
  const lots: TraceEvent[][] = []
  const end = startRelay(TRACE_TYPES, (events) => lots.push(events))
  for (let at = 0; at < 300; at += 1) count('c', '')
  expect(lots.map((lot) => lot.length)).toEqual([256])
  step('a', () => undefined)
  expect(lots.map((lot) => lot.length)).toEqual([256, 45])
  level('d', '', 1)
  expect(lots.map((lot) => lot.length)).toEqual([256, 45, 1])
  count('c', '')
  end()
  count('c', '')
  expect(lots.map((lot) => lot.length)).toEqual([256, 45, 1, 1])
})

test('a listener of the plug-in point that throws is told of once, and changes nothing', async () => {
  const warnings: string[] = []
  const onWarning = ({ message }: Error): void => void warnings.push(message)
  process.on('warning', onWarning)
  let calls = 0
  endings.push(
    metrics.subscribe(() => {
      calls += 1
      throw new Error('of their own')
    }),
  )
  tellAll()
  await new Promise((resolve) => void setTimeout(resolve, 10))
  process.off('warning', onWarning)
  expect(calls).toBe(1)
  expect(warnings).toHaveLength(1)
  expect(warnings[0]).toContain('of their own')
  expect(TRACE_TYPES.filter(isHeard)).toEqual([])
})
