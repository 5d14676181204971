/** The thread that recognises licence texts: it says what is said without it, bounds what waits, and holds up no process. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { spdxText } from '../support/license-texts.ts'

const DIST = resolve(import.meta.dirname, '../../dist')
const IDS = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'MPL-2.0', 'GPL-3.0-only', 'Zlib']

function url(file: string): string {
  return JSON.stringify(pathToFileURL(resolve(DIST, file)).href)
}

/** What a process of its own says that reads texts, with what it told on the way. It has to end by itself. */
async function readAll(program: string): Promise<unknown> {
  const script = `
    const { openRecognition } = await import(${url('run/recognition.js')})
    const { listen } = await import(${url('trace.js')})
    const texts = ${JSON.stringify(IDS.map(spdxText))}
    const told = []
    listen(['span'], ({ name }) => told.push(name))
    const counted = (name) => told.filter((each) => each === name).length
    const isBeside = () => process.getActiveResourcesInfo().includes('MessagePort')
    ${program}`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ])
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test('few texts are read here, many beside, and both ways the same', async () => {
  const said = await readAll(`
    const contents = [...texts, ...texts.map((text) => text + 'And more.'), 'nothing', '']
    const alone = openRecognition(() => true, 1)
    const beside = openRecognition(() => true, 2)
    const readings = [[], []]
    const ways = []
    for (const content of contents) {
      const bytes = Buffer.from(content)
      const asked = beside(bytes, 'package')
      ways.push(isBeside())
      readings[0].push(await asked)
      readings[1].push(await alone(bytes, 'package'))
    }
    console.log(JSON.stringify({
      few: ways.slice(0, 8),
      many: ways.slice(8),
      isSame: JSON.stringify(readings[0]) === JSON.stringify(readings[1]),
      ids: readings[0].slice(0, 8).map(({ own }) => own.licenses[0]?.[0]),
      read: counted('text.recognise'),
    }))`)
  expect(said).toEqual({
    few: Array.from({ length: 8 }, () => false),
    many: Array.from({ length: 10 }, () => true),
    isSame: true,
    ids: IDS,
    read: 36,
  })
})

test('where there is no room for it, everything is read here', async () => {
  const said = await readAll(`
    const read = openRecognition(() => false, 2)
    const ways = []
    for (const text of [...texts, ...texts]) {
      const asked = read(Buffer.from(text), 'package')
      ways.push(isBeside())
      await asked
    }
    console.log(JSON.stringify(ways))`)
  expect(said).toEqual(Array.from({ length: 16 }, () => false))
})

test('what would wait beyond a mebibyte is read by whoever asks', async () => {
  const said = await readAll(`
    const large = Buffer.from(texts[2].repeat(20))
    const read = openRecognition(() => true, 2)
    for (const text of texts) await read(Buffer.from(text), 'package')
    const before = counted('text.recognise')
    const all = Array.from({ length: 12 }, () => read(large, 'package'))
    // The thread has had no time to answer: what is told by now was read here.
    await new Promise((done) => queueMicrotask(() => queueMicrotask(() => queueMicrotask(done))))
    const here = counted('text.recognise') - before
    const readings = new Set((await Promise.all(all)).map((reading) => JSON.stringify(reading)))
    console.log(JSON.stringify({ size: large.length, here, ways: readings.size, all: counted('text.recognise') - before }))`)
  expect(said).toMatchObject({ ways: 1, all: 12 })
  const { size, here } = said as { size: number; here: number }
  expect(here).toBe(12 - Math.ceil((1024 * 1024) / size))
})
