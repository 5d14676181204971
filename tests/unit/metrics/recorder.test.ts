import { channel } from 'node:diagnostics_channel'
import { afterEach, expect, test } from 'vitest'
import { tellOfPool } from '#metrics/pool'
import { startRecorder } from '#metrics/recorder'
import type { Recorder, Recording } from '#metrics/recorder'
import { figuresOf } from '#metrics/summarise'
import { begin, count, isHeard, level, relay, span, step, stepTook, TRACE_TYPES } from '../../../src/trace.ts'

const started: Recorder[] = []
const start = (): Recorder => {
  const recorder = startRecorder()
  started.push(recorder)
  return recorder
}
afterEach(() => {
  for (const recorder of started.splice(0)) recorder.stop()
})

const POOL = [
  'undici:request:create',
  'undici:client:sendHeaders',
  'undici:client:connected',
  'undici:client:connectError',
]

function operation({ durations }: Recording, name: string) {
  const known = durations.get(name)
  return known && figuresOf(known)
}

test('measures what returns, resolves, throws, rejects and fails as data', async () => {
  const recorder = start()
  expect(span('work', () => 1)).toBe(1)
  expect(await span('work', async () => 2)).toBe(2)
  expect(() =>
    span('work', () => {
      throw new Error('thrown')
    }),
  ).toThrow('thrown')
  await expect(span('work', () => Promise.reject(new Error('rejected')))).rejects.toThrow('rejected')
  expect(span('work', () => ({ ok: false, failure: {} }))).toEqual({ ok: false, failure: {} })
  await span('work', async () => ({ outcome: { ok: false }, pressed: false }))
  await span('work', async () => ({ outcome: { ok: true }, pressed: false }))
  const recording = recorder.stop()
  expect(operation(recording, 'work')).toMatchObject({ count: 7, errors: 4 })
})

test('a failure takes its time as well', async () => {
  const recorder = start()
  await span('slow', () => new Promise((_, reject) => void setTimeout(reject, 20))).catch(() => undefined)
  expect(operation(recorder.stop(), 'slow')?.minMs).toBeGreaterThan(15)
})

test('steps are told apart from operations of the same name', () => {
  const recorder = start()
  step('same', () => undefined)
  span('same', () => undefined)
  stepTook('before', 12)
  const done = begin('queue')
  done()
  const recording = recorder.stop()
  expect([...recording.durations.keys()].toSorted()).toEqual(['queue', 'same', 'step.before', 'step.same'])
  expect(operation(recording, 'step.before')?.totalMs).toBe(12)
})

test('counts by key, with the highest the sum stood at, and keeps the first changes of a level and the last', () => {
  const recorder = start()
  count('queued', 'a')
  count('queued', 'a', 4)
  count('queued', 'a', -3)
  count('queued', '__proto__')
  for (let value = 0; value < 1500; value += 1) level('limit', 'a', value)
  const { counts, levels } = recorder.stop()
  expect(counts.get('queued')?.get('a')).toEqual({ total: 2, peak: 5 })
  expect(counts.get('queued')?.get('__proto__')).toEqual({ total: 1, peak: 1 })
  expect(levels.get('limit')?.get('a')?.changes).toHaveLength(1000)
  expect(levels.get('limit')?.get('a')?.last).toBe(1499)
})

test('what the worker thread has recorded already is not recorded again', () => {
  const recorder = start()
  relay({ type: 'span', name: 'theirs', ms: 1, failed: false, at: 0 })
  expect(recorder.stop().durations.size).toBe(0)
})

test('undici tells of sockets, of waiting for one, and of using one again', () => {
  const recorder = start()
  const endPool = tellOfPool()
  const socket = {}
  for (const at of [0, 1, 2]) {
    const request = { at }
    channel('undici:request:create').publish({ request })
    if (at === 0) channel('undici:client:connected').publish({ socket })
    channel('undici:client:sendHeaders').publish({ request, socket, headers: '' })
  }
  channel('undici:client:connectError').publish({})
  endPool()
  expect(POOL.filter((name) => channel(name).hasSubscribers)).toEqual([])
  const { counts, durations } = recorder.stop()
  const total = (name: string): number | undefined => counts.get(name)?.get('all')?.total
  expect(total('pool.requests')).toBe(3)
  expect(total('pool.sockets')).toBe(1)
  expect(total('pool.reused')).toBe(2)
  expect(total('pool.connect-errors')).toBe(1)
  expect(durations.get('registry.connection-wait')?.count).toBe(3)
})

test('stops for good: nobody is left listening, and nothing more is recorded', () => {
  const recorder = start()
  expect(TRACE_TYPES.filter(isHeard)).toEqual([...TRACE_TYPES])
  const recording = recorder.stop()
  span('late', () => undefined)
  count('late', '')
  level('late', '', 1)
  expect(recorder.stop()).toBe(recording)
  expect(TRACE_TYPES.filter(isHeard)).toEqual([])
  expect([recording.durations.size, recording.counts.size, recording.levels.size]).toEqual([0, 0, 0])
})

test('an operation that outlives the recorder harms nobody', async () => {
  const recorder = start()
  const late = span('late', () => new Promise((resolve) => void setTimeout(resolve, 5, 'done')))
  const done = begin('later')
  const { durations } = recorder.stop()
  expect(await late).toBe('done')
  done()
  expect(durations.size).toBe(0)
})
