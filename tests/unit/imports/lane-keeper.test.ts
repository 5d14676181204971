/** One idle lane outlives its closing, and no other. */
import { expect, test } from 'vitest'
import { createLaneKeeper } from '#imports/lane-keeper'
import type { ParseLane } from '#imports/parse-lane'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'

/** Lanes that answer when they are told to; tells which were opened and closed. */
function lanes() {
  const opened: { isClosed: boolean; answer: () => void }[] = []
  const openLane = (): Promise<Outcome<ParseLane>> => {
    const entry = { isClosed: false, answer: (): void => undefined }
    opened.push(entry)
    return Promise.resolve(
      ok({
        parse: () => new Promise((resolve) => (entry.answer = () => resolve([]))),
        close() {
          entry.isClosed = true
          return Promise.resolve()
        },
      }),
    )
  }
  return { opened, keeper: createLaneKeeper(() => Promise.resolve(openLane)) }
}

function laneOf(outcome: Outcome<ParseLane>): ParseLane {
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

test('of two lanes one is kept for whoever comes next, and ended at last', async () => {
  const { opened, keeper } = lanes()
  const [first, second] = [laneOf(await keeper.open()), laneOf(await keeper.open())]
  const parsed = first.parse([])
  opened[0]?.answer()
  expect(await parsed).toEqual([])
  await first.close()
  await second.close()
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([false, true])
  const third = laneOf(await keeper.open())
  expect(opened).toHaveLength(2)
  await keeper.open()
  expect(opened).toHaveLength(3)
  await third.close()
  expect(opened[0]?.isClosed).toBe(false)
  await keeper.end()
  expect(opened[0]?.isClosed).toBe(true)
})

test('one that still owes an answer is closed: it would be taken for that to another question', async () => {
  const { opened, keeper } = lanes()
  const lane = laneOf(await keeper.open())
  void lane.parse([])
  await lane.close()
  expect(opened[0]?.isClosed).toBe(true)
  await keeper.open()
  expect(opened).toHaveLength(2)
})

test('one that was begun is there for whoever asks next, or is ended if nobody does', async () => {
  const { opened, keeper } = lanes()
  await keeper.begin()
  await keeper.begin()
  expect(opened).toHaveLength(1)
  const lane = laneOf(await keeper.open())
  expect(opened).toHaveLength(1)
  await lane.close()
  await keeper.begin()
  expect(opened).toHaveLength(1)
  await keeper.end()
  expect(opened[0]?.isClosed).toBe(true)
  await keeper.begin()
  await keeper.end()
  expect(opened.map(({ isClosed }) => isClosed)).toEqual([true, true])
})

test('where none can be opened that is what is said', async () => {
  const none = fail('parser-missing', 'There is none.')
  const keeper = createLaneKeeper(() => Promise.resolve(() => Promise.resolve(none)))
  expect(await keeper.open()).toMatchObject({ ok: false, failure: { code: 'parser-missing' } })
  await keeper.begin()
  expect(await keeper.open()).toMatchObject({ ok: false, failure: { code: 'parser-missing' } })
  await keeper.begin()
  await keeper.end()
})
