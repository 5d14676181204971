/** Remembers what licence files say: in memory for a run, in the cache for all runs, by the content of the file. */
import { cacheKey } from '#cache/key'
import type { Cache } from '#cache/tiered-store'
import type { LicenseFile } from '#collectors/license-files'
import { TEXT_FINGERPRINT } from '#license/text/fingerprint'
import type { TextKind, TextReading } from '#license/text/read-text'
import type { Traffic } from '#model/run-report'
import { count } from '../trace.ts'
import type { ReadContent } from './recognition.ts'

/** Reads files, and counts. */
export interface TextReader {
  read: (file: LicenseFile & { bytes: Uint8Array }, kind: TextKind) => Promise<TextReading>
  statistics: () => Traffic['texts']
}

const TEXT_SCHEMA = 1

/** A reader that asks for a content to be recognised where no cache has it. */
export function createTextReader(
  cache: Pick<Cache, 'get' | 'put'>,
  recognise: ReadContent,
  now: () => number,
): TextReader {
  const known = new Map<string, Promise<TextReading>>()
  const counts: Traffic['texts'] = { files: 0, distinct: 0, cached: 0, recognised: 0 }

  async function readOnce(key: string, bytes: Uint8Array, kind: TextKind): Promise<TextReading> {
    counts.distinct += 1
    const kept = decode((await cache.get(key))?.body)
    if (kept !== undefined) {
      counts.cached += 1
      count('text.known', 'cache')
      return kept
    }
    counts.recognised += 1
    const reading = await recognise(bytes, kind)
    await cache.put(key, Buffer.from(JSON.stringify(reading)), now())
    return reading
  }

  return {
    read(file, kind) {
      counts.files += 1
      const key = cacheKey('text', TEXT_SCHEMA, TEXT_FINGERPRINT, kind, 'sha256' in file ? file.sha256 : '')
      const running = known.get(key) ?? readOnce(key, file.bytes, kind)
      known.set(key, running)
      return running
    },
    statistics: () => ({ ...counts }),
  }
}

/** Records are sealed, and their key changes with all that makes them: a shape check is all that is left to do. */
function decode(body: Uint8Array | undefined): TextReading | undefined {
  if (body === undefined) return undefined
  const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
  return isReading(value) ? value : undefined
}

function isReading(value: unknown): value is TextReading {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
