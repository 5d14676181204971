/** One process at a cache, for tests that need several: arguments are job, folder, number of records, size of each. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { loadCacheSecret } from '#cache/secret'
import { openCache } from '#cache/tiered-store'

const [job = '', directory = '', count = '0', size = '0'] = process.argv.slice(2)
const key = Buffer.alloc(32, 7)

if (job === 'key') {
  const project = join(directory, 'project')
  const secret = await loadCacheSecret({ env: {}, home: directory, project, cacheDirectory: undefined })
  process.stdout.write('key' in secret ? Buffer.from(secret.key).toString('hex') : secret.warning.message)
} else {
  await work({ put: 1, 'put-forever': Infinity }[job] ?? 0)
}

/** Puts all records so many times, then reads them back as another process would. */
async function work(rounds: number): Promise<void> {
  const names = Array.from({ length: Number(count) }, (_value, index) => `key ${index}`)
  const writer = await openCache({ directory, key, now: Date.now })
  process.stdout.write('started\n')
  for (let round = 0; round < rounds; round++) {
    for (const name of names) await writer.put(name, bodyOf(name), Date.now())
    await writer.flush()
  }
  const reader = await openCache({ directory, key, now: Date.now })
  const wrong: string[] = []
  let found = 0
  for (const name of names) {
    const hit = await reader.get(name)
    if (!hit) continue
    found++
    if (!isWhole(name, Buffer.from(hit.body).toString())) wrong.push(name)
  }
  const warnings = [...writer.warnings(), ...reader.warnings()].map(
    ({ code, message }) => `${code}: ${message}`,
  )
  process.stdout.write(
    `${JSON.stringify({ found, wrong, warnings, rejected: reader.statistics().rejected })}\n`,
  )
}

/** A body that shows whether it is whole. */
function bodyOf(name: string): Buffer {
  const text = `${name} by ${process.pid} `.padEnd(Number(size), 'x')
  return Buffer.from(text + digest(text))
}

function isWhole(name: string, body: string): boolean {
  const text = body.slice(0, -64)
  return text.startsWith(`${name} by `) && digest(text) === body.slice(-64)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
