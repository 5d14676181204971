/** Reads a tarball off the wire: hashed to its end, inflated within bounds, believed only if the hash is the expected one. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createGunzip } from 'node:zlib'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { TOO_LARGE, capped } from './body.ts'
import type { BodyReader } from './body.ts'

/** Takes in what a tarball inflates to. */
export interface TarballSink<T> {
  /** Says what is wrong, as the end of a sentence that begins with the tarball; then nothing more comes. */
  push(chunk: Buffer): string | undefined
  /** What was read, or what is wrong with it. Called only for a tarball whose hash is the expected one. */
  finish(): T | { flaw: string }
}

/** What may be read of a tarball; the largest ones of npm have some 100 MB. */
export interface TarballLimits {
  wireBytes: number
  inflatedBytes: number
  /** How many times its size on the wire a tarball may have once it is larger than `plainBytes`. */
  ratio: number
  plainBytes: number
  /** How slow a registry may be with a large one. */
  bytesPerSecond: number
}

/** The limits of a run. */
export const TARBALL_LIMITS: TarballLimits = {
  wireBytes: 128 * 1024 * 1024,
  inflatedBytes: 640 * 1024 * 1024,
  ratio: 100,
  plainBytes: 64 * 1024 * 1024,
  bytesPerSecond: 64 * 1024,
}

/** Larger than zlib's own 16 KiB: fewer turns for the same work. */
const INFLATED_CHUNK_BYTES = 64 * 1024

/** The hash of an integrity that a tarball must have: `sha512-<base64>` and the like. */
export interface Expected {
  algorithm: string
  /** Any of them will do. */
  digests: readonly string[]
}

/** What reading came to; a tarball that is not the expected one is a failure like one that cannot be read. */
export type TarballRead<T> = Outcome<{ value: T; integrity: string }>

/** The reader of one tarball; `id` is for messages. Each attempt gets a sink of its own. */
export function tarballReader<T>(
  id: string,
  { algorithm, digests }: Expected,
  open: () => TarballSink<T>,
  limits: TarballLimits = TARBALL_LIMITS,
): BodyReader<TarballRead<T>> {
  return {
    maxWireBytes: limits.wireBytes,
    accept: '*/*',
    asIs: true,
    bytesPerSecond: limits.bytesPerSecond,
    async read(body, _encoding, _gate, signal) {
      const sink = open()
      const hash = createHash(algorithm)
      const inflating = inflateInto(sink, limits, signal)
      try {
        for await (const chunk of capped(body, limits.wireBytes)) {
          hash.update(chunk)
          await inflating.write(chunk)
        }
        const integrity = `${algorithm}-${hash.digest('base64')}`
        const flaw = await inflating.end()
        signal.throwIfAborted()
        if (!digests.includes(integrity)) return mismatch(id)
        if (flaw !== undefined) return unreadable(id, flaw)
        const value = sink.finish()
        return isFlaw(value) ? unreadable(id, value.flaw) : ok({ value, integrity })
      } finally {
        inflating.close()
      }
    },
  }
}

/** What the wire brings is inflated as it comes; after a flaw it is only hashed. */
interface Inflating {
  write(chunk: Buffer): Promise<void>
  /** What is wrong, once all is read. */
  end(): Promise<string | undefined>
  close(): void
}

function inflateInto<T>(sink: TarballSink<T>, limits: TarballLimits, signal: AbortSignal): Inflating {
  const gunzip = createGunzip({ chunkSize: INFLATED_CHUNK_BYTES })
  let flaw: string | undefined
  let wireBytes = 0
  let inflatedBytes = 0
  const stop = (why: string): void => {
    flaw ??= why
    gunzip.destroy()
  }
  const read = async (): Promise<void> => {
    try {
      for await (const chunk of capped(gunzip, limits.inflatedBytes)) {
        signal.throwIfAborted()
        inflatedBytes += chunk.length
        if (inflatedBytes > Math.max(limits.plainBytes, limits.ratio * wireBytes)) return stop(TOO_DENSE)
        const wrong = sink.push(chunk)
        if (wrong !== undefined) return stop(wrong)
      }
    } catch (error) {
      stop(flawOf(error))
    }
  }
  const done = read()
  return {
    async write(chunk) {
      if (flaw !== undefined || gunzip.destroyed) return
      wireBytes += chunk.length
      if (!gunzip.write(chunk)) await Promise.race([once(gunzip, 'drain').catch(() => undefined), done])
    },
    async end() {
      if (!gunzip.destroyed) gunzip.end()
      await done
      return flaw
    },
    close: () => void gunzip.destroy(),
  }
}

const TOO_DENSE = 'is compressed as no package can be'

function flawOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === TOO_LARGE) return 'is larger inflated than any package may be'
  return code === 'Z_BUF_ERROR' ? 'is cut off' : 'is not compressed as npm packages are'
}

function isFlaw(value: unknown): value is { flaw: string } {
  return typeof value === 'object' && value !== null && 'flaw' in value
}

function mismatch(id: string): Outcome<never> {
  return fail(
    'integrity-mismatch',
    `The tarball of ${id} is not the one whose integrity the lockfile names.`,
    {
      fix: 'Find out why before anything else: delete the entry from the lockfile only if you trust what the registry has now.',
    },
  )
}

function unreadable(id: string, flaw: string): Outcome<never> {
  return fail('tarball-unreadable', `The tarball of ${id} ${flaw}, so nothing of it was believed.`, {
    fix: 'Ask whoever publishes it for a sound version, or judge it by hand and add a clarification.',
  })
}
