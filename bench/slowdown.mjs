/**
 * Shows that the guard sees 30 ms, and sees nothing where there is nothing: `slowdown.mjs [--times 10] [--ms 30] [--threshold 1.08]`
 *
 * Makes two copies of the build, one of which burns the milliseconds as it starts, stores a baseline of the other, and
 * lets the guard judge each of them in turn. Ends with 1 unless every verdict was right. Its baseline is minutes old and of
 * the same machine, so the threshold can be stricter than that of the guard: on a slow machine 30 ms are only a seventh.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values: options } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    ms: { type: 'string', default: '30' },
    threshold: { type: 'string', default: '1.08' },
    build: { type: 'string', default: resolve(import.meta.dirname, '..') },
  },
})
const work = mkdtempSync(join(tmpdir(), 'depgate-slowdown-'))
const baseline = join(work, 'baseline.json')
const measured = join(work, 'measured.json')
try {
  const plain = copyBuild('plain')
  const slow = copyBuild('slow')
  burn(slow, Number(options.ms))
  console.log(`baseline: ${guard(plain, ['--save']).ratio} x the reference`)
  let wrong = 0
  for (let time = 1; time <= Number(options.times); time += 1) {
    const verdicts = [guard(slow), guard(plain)]
    if (!verdicts[0].fails || verdicts[1].fails) wrong += 1
    const [withIt, without] = verdicts.map(({ fails, ratio }) => `${fails ? 'fails' : 'passes'} (${ratio})`)
    console.log(`${time}: with ${options.ms} ms the guard ${withIt}, without them it ${without}`)
  }
  console.log(wrong === 0 ? 'every verdict is right' : `${wrong} of ${options.times} pairs are wrong`)
  process.exitCode = wrong === 0 ? 0 : 1
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** What the guard says, and the ratio by processor time that it goes by. */
function guard(folder, more = []) {
  const out = more.includes('--save') ? [] : ['--out', measured]
  const settings = ['--warm-only', '--baseline', baseline, '--threshold', options.threshold]
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, 'guard.mjs'),
      ...settings,
      ...out,
      '--cli',
      join(folder, 'dist/bundle/depgate.js'),
      ...more,
    ],
    { encoding: 'utf8' },
  )
  if (status !== 0 && status !== 1) throw new Error(`the guard ended with ${status}: ${stderr}`)
  if (status === 1 && stderr !== '') throw new Error(stderr)
  return { fails: status === 1, ratio: ratioIn(out.length > 0 ? measured : baseline) }
}

function ratioIn(file) {
  const { seconds, reference } = JSON.parse(readFileSync(file, 'utf8')).rows['warm, processor time']
  return (seconds / reference).toFixed(3)
}

function copyBuild(name) {
  const folder = join(work, name)
  for (const part of ['dist', 'data', 'schema', 'package.json']) {
    cpSync(join(options.build, part), join(folder, part), { recursive: true })
  }
  symlinkSync(join(options.build, 'node_modules'), join(folder, 'node_modules'))
  return folder
}

/** So much processor time, on the main thread: nothing that another core could take over. */
function burn(folder, milliseconds) {
  const file = join(folder, 'dist/bundle/depgate.js')
  const [first, ...rest] = readFileSync(file, 'utf8').split('\n')
  const spent = 'const { user, system } = process.cpuUsage(before); if (user + system >= '
  const wait = `const before = process.cpuUsage(); for (;;) { ${spent}${milliseconds * 1000}) break }`
  writeFileSync(file, [first, wait, ...rest].join('\n'))
}
