/** The import scan beside the tools that look at imports: cold, warm, with one file changed, and its memory. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { goal } from '../goals.mjs'
import { importPeers } from '../peers.mjs'
import { outputOf, peakOf } from '../process.mjs'
import { measureTogether, named, ratioOf } from '../together.mjs'
import { sourceTree } from '../source-tree.mjs'

const HERE = resolve(import.meta.dirname, '..')
const JUDGED = 'depgate, nothing known, judged'
const COLD = 'depgate, nothing known'
const WARM = 'depgate, nothing changed'
const CHANGED = 'depgate, one file changed'
const ONE_PARSE = 'a program that parses that file alone'
const HASHING = 'hashing the files'
const ONE_CORE = 'on one core'
const TWO_CORES = 'on two cores'

/** By the clock, as all that people wait for: what two cores are good for is part of it. */
export async function imports(bench) {
  const project = sourceTree(bench.trees, 5000)
  const cache = mkdtempSync(join(tmpdir(), 'depgate-bench-imports-'))
  const scan = (...more) => command(project, 'scan-imports.mjs', project, ...more)
  const changing = join(project, 'src/rxjs-0/src/internal/Observable.ts')
  const unchanged = readFileSync(changing, 'utf8')
  const peers = importPeers(bench.peers(), project)
  try {
    outputOf(scan(cache))
    const subjects = [
      { name: JUDGED, kind: 'ours', command: scan('--judge') },
      { name: COLD, kind: 'ours', command: scan() },
      {
        name: WARM,
        kind: 'ours',
        command: scan(cache),
        prepare: () => writeFileSync(changing, unchanged),
      },
      {
        name: CHANGED,
        kind: 'ours',
        command: scan(cache),
        prepare: () => writeFileSync(changing, `${unchanged}// ${Math.random()}\n`),
      },
      { name: ONE_PARSE, kind: 'reference', command: command(project, 'parse-one.mjs', changing) },
      { name: HASHING, kind: 'reference', command: command(project, 'hash-sources.mjs', project) },
      ...peers.map((peer) => ({ ...peer, kind: 'peer' })),
    ]
    const measured = await measureTogether(subjects, bench.runs)
    const known = JSON.parse(outputOf(scan(cache)))
    const cores = await measureTogether(
      [
        { name: ONE_CORE, kind: 'ours', command: onCores('0', scan()) },
        { name: TWO_CORES, kind: 'ours', command: onCores('0,1', scan()) },
      ],
      bench.runs,
    )
    const [cruiser, knip] = peers.map(({ name }) => name)
    return {
      title: `Imports of ${known.files} TypeScript files`,
      measured,
      goals: [
        goal('scan and rules, nothing known', cruiser, ratioOf(measured, JUDGED, cruiser), 1 / 5),
        goal('scan and rules, nothing known', knip, ratioOf(measured, JUDGED, knip), 1 / 3),
        goal('scan, nothing changed', 'nothing known', ratioOf(measured, WARM, COLD), 0.15, {
          detail: `${Math.round((100 * known.disk) / known.contents)} % of contents known`,
        }),
        goal('scan, nothing changed', HASHING, ratioOf(measured, WARM, HASHING), 2),
        goal('scan, one file changed', 'nothing changed + one parse', ofChange(measured), 1),
        goal('scan, nothing known, two cores', 'one core', ratioOf(cores, ONE_CORE, TWO_CORES), 1.6, {
          atLeast: true,
          detail: 'it parses in as many processes as there are cores, at most two',
        }),
      ],
    }
  } finally {
    writeFileSync(changing, unchanged)
    rmSync(cache, { recursive: true, force: true })
  }
}

/** By what a program takes that parses the file and does nothing else. */
function ofChange(measured) {
  const of = (name) => named(measured, name).seconds.median
  return of(CHANGED) / (of(WARM) + of(ONE_PARSE))
}

/** Of the process and those that parse for it, with nothing known. */
export async function importsMemory(bench) {
  const project = sourceTree(bench.trees, 20_000)
  const peak = await peakOf(command(project, 'scan-imports.mjs', project))
  return {
    title: 'Imports of 20,000 TypeScript files',
    goals: [goal('scan of 20,000 files', 'memory, all processes', peak, 400, { unit: 'MiB' })],
  }
}

/** Node counts the cores that it may use. */
function onCores(cores, { file, args, ...rest }) {
  return { file: 'taskset', args: ['--cpu-list', cores, file, ...args], ...rest }
}

function command(cwd, script, ...args) {
  const env = { ...process.env, DEPGATE_CACHE_KEY: 'a key that only the bench has, 32 bytes' }
  return { file: process.execPath, args: [join(HERE, script), ...args], cwd, env, codes: [0] }
}
