/**
 * Holds the judgements of all ways to run against each other: node scripts/same-verdict.mjs <installed project with a policy>
 *
 * The project's packages come from a registry on the loopback that says what is installed. Judged are: cold, from the
 * snapshot, from the disk cache alone, without any cache, with everything asked anew, from a damaged cache, and, where
 * there is a redis-server, from the records of a shared Redis alone and from the snapshot in it. Then a licence file gets
 * a blank line, and is put back: a run that is partly warm has to agree with one that knows nothing. Ends with 1 if any differs.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openProject } from '../bench/measured-project.mjs'
import { hasRedis, startRedis } from '../bench/redis-server.mjs'

const folder = resolve(process.argv[2] ?? '.')
const policyFile = join(folder, 'depgate.config.json')
const policy = readFileSync(policyFile, 'utf8')
const cache = join(folder, '.cache/depgate/v1')
const licenseFile = join(folder, 'node_modules', licenseFileIn(join(folder, 'node_modules')))
const licenseText = readFileSync(licenseFile)
const project = await openProject(folder)
const server = hasRedis() ? await startRedis() : undefined
const env = { DEPGATE_CACHE_KEY: 'a key for this comparison alone, of more than 32 bytes' }
const shared = { ...env, DEPGATE_REDIS_URL: server?.url }

try {
  if (server !== undefined) {
    const redis = { url: 'env:DEPGATE_REDIS_URL', mode: 'read-write' }
    writeFileSync(policyFile, JSON.stringify({ ...JSON.parse(policy), cache: { redis } }))
  } else console.warn('NOT COMPARED: Redis alone, because there is no redis-server here')
  project.forget()
  const ways = [
    ['cold', []],
    ['snapshot', []],
    ['disk alone', [], () => forget('snapshots')],
    ['no cache', ['--no-cache']],
    ['asked anew', ['--refresh']],
    ['damaged cache', [], damage],
    // Twice: a busy machine may not get all it has fetched into Redis within its patience.
    ...(server === undefined
      ? []
      : [
          ['Redis filled', [], project.forget, shared],
          ['Redis alone', ['--no-cache'], project.forget, shared],
          ['Redis sharing', [], project.forget, shared],
          ['Redis snapshot', [], project.forget, shared],
          ['its snapshot', [], undefined, env],
        ]),
    [
      'one changed',
      [],
      () => writeFileSync(licenseFile, Buffer.concat([licenseText, Buffer.from('\n')])),
      env,
      'changed',
    ],
    ['the same, alone', ['--no-cache'], undefined, env, 'changed'],
    ['changed back', [], () => writeFileSync(licenseFile, licenseText)],
  ]
  const firsts = new Map()
  for (const [name, flags, prepare, more = env, tree = 'as installed'] of ways) {
    prepare?.()
    const started = performance.now()
    const report = project.report(flags, more)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    const judged = judgementOf(report)
    if (!firsts.has(tree)) firsts.set(tree, judged)
    const same = judged === firsts.get(tree)
    if (!same) process.exitCode = 1
    const { requests } = report.run.network
    const { disk, redis } = report.run.cache
    console.log(
      `${name.padEnd(15)} ${same ? 'the same' : 'DIFFERENT'}  ${report.verdict}, ${report.coverage.judged} judged, ` +
        `${requests} requests, ${disk} from disk, ${redis} from Redis, ${report.run.snapshot ? 'a snapshot, ' : ''}${seconds} s`,
    )
  }
} finally {
  writeFileSync(policyFile, policy)
  writeFileSync(licenseFile, licenseText)
  project.close()
  server?.close()
}

/** Of the first package that has one, below node_modules. */
function licenseFileIn(modules) {
  const files = readdirSync(modules, { recursive: true })
  const found = files.toSorted().find((path) => /^[^@./\\][^/\\]*[/\\]LICENSE$/.test(path))
  if (found === undefined) throw new Error(`no package in ${modules} has a file LICENSE`)
  return found
}

function forget(part) {
  rmSync(join(cache, part), { recursive: true, force: true })
}

/** Changes a byte in the middle of every file. */
function damage() {
  const entries = readdirSync(cache, { recursive: true, withFileTypes: true })
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const bytes = readFileSync(file)
    if (bytes.length === 0) continue
    bytes[bytes.length >> 1] ^= 1
    writeFileSync(file, bytes)
  }
}

/** All that a report says of the tree: not when, how long, from where and at what cost. */
function judgementOf({ verdict, inputs, coverage, packages, firstParty, findings }) {
  const plain = packages.map((entry) => ({
    ...entry,
    claims: entry.claims.map(({ at: _at, from: _from, ...claim }) => claim),
  }))
  return JSON.stringify({ verdict, inputs, coverage, firstParty, findings, packages: plain })
}
