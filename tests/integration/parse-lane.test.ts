/** The processes that parse: what breaks one of them costs that file alone, and ending them is quick. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const DIST = resolve(import.meta.dirname, '../../dist/imports')

function url(name: string): string {
  return JSON.stringify(pathToFileURL(join(DIST, `${name}.js`)).href)
}

/** Runs a program with the built modules and gives what it printed as JSON. */
async function run(program: string, env: Record<string, string> = {}): Promise<unknown> {
  const script = `
    const { openChildLane } = await import(${url('parse-lane')})
    const { createParseMany } = await import(${url('parse-files')})
    const { openParseCache } = await import(${url('parse-cache')})
    const { loadParser } = await import(${url('oxc')})
    ${program}`
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    { env: { ...process.env, ...env } },
  )
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

test('10,000 parentheses inside each other are one problem, and the other files of the batch are right', async () => {
  const result = await run(`
    const texts = Array.from({ length: 40 }, (_, at) => \`import 'm\${at}'\`)
    const nest = (open, close) => open.repeat(10_000) + '1' + close.repeat(10_000)
    texts[7] = nest('(', ')')
    texts[30] = nest('[', ']')
    const file = (path) => ({ ok: true, bytes: Buffer.from(texts[Number(path)]) })
    const parseMany = createParseMany({
      disk: { file: (path) => file(path.slice(1, -3)) },
      cache: await openParseCache({ parser: '1', now: Date.now }),
      loadParser,
      openLane: () => openChildLane({ env: process.env }),
      lanes: 2,
      goOn: () => true,
    })
    const deep = await parseMany(texts.map((_, at) => ({ path: at + '.ts', absolute: '/' + at + '.ts' })))
    console.log(JSON.stringify(deep.value.files.map(({ parsed }) => parsed.problem?.code ?? parsed.imports[0].specifier)))
  `)
  expect(result).toEqual(
    Array.from({ length: 40 }, (_, at) => (at === 7 || at === 30 ? 'too-deep' : `m${at}`)),
  )
})

test('a lane goes on after a file that broke it', async () => {
  const result = await run(`
    const lane = (await openChildLane({ env: process.env })).value
    const parse = (text) => lane.parse([{ path: 'a.ts', bytes: Buffer.from(text) }])
    const answers = [await parse("import 'x'"), await parse('('.repeat(200_000)), await parse("import 'y'")]
    lane.close()
    console.log(JSON.stringify(answers.map((answer) => answer === 'broken' ? answer : answer[0].imports[0].specifier)))
  `)
  expect(result).toEqual(['x', 'broken', 'y'])
})

test('a lane that is told to end does so whatever it is doing', async () => {
  const result = await run(`
    const stop = new AbortController()
    const lane = (await openChildLane({ env: process.env, signal: stop.signal })).value
    const asked = lane.parse([{ path: 'a.ts', bytes: Buffer.alloc(4 * 1024 * 1024, 'f(a, b);') }])
    stop.abort()
    console.log(JSON.stringify([await asked, await lane.parse([])]))
  `)
  expect(result).toEqual(['ended', 'ended'])
})

test('what the user starts programs with is not done to it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-lane-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const hook = join(folder, 'hook.mjs')
  writeFileSync(hook, `if (process.send) process.exit(1)`)
  const result = await run(
    `const lane = await openChildLane({ env: process.env }); lane.value?.close(); console.log(lane.ok)`,
    { NODE_OPTIONS: `--import ${pathToFileURL(hook).href}` },
  )
  expect(result).toBe(true)
})
