/** Asks for tarballs by the way that every question takes, a few at a time, each once. */
import pLimit from 'p-limit'
import type { Outcome } from '#model/outcome'
import { fail } from '#model/outcome'
import { attemptFrom } from './answer.ts'
import { compareIntegrity, strongestOf } from './integrity.ts'
import type { Manifest } from './manifest.ts'
import type { PublishTimesOptions } from './packument-times.ts'
import type { Registry, RegistryConfig } from './registry-config.ts'
import { tarballAddress } from './tarball-address.ts'
import { tarballReader } from './tarball-stream.ts'
import type { TarballSink } from './tarball-stream.ts'

/** Tarballs that are read at the same time: their processing keeps a core busy, and each may hold some megabytes. */
const MAX_AT_ONCE = 16

/** What to do about a tarball that lies where nobody is asked. */
const INSTALL =
  'Install with npm ci --ignore-scripts and judge the installed tree: its copies are read from disk.'

/** A tarball as it was read. */
export interface TarballAnswer<T> {
  value: T
  /** The hash that it was checked against, and has. */
  integrity: string
}

/** Asks for the tarball of a version whose manifest is known; `expected` are the hashes of the lockfile. */
export type ReadTarball = <T>(
  registry: Registry,
  manifest: Manifest,
  expected: readonly string[],
  open: () => TarballSink<T>,
) => Promise<Outcome<TarballAnswer<T>>>

/** Creates the question. Nothing is kept: what was read is the caller's. */
export function createTarballs({
  config,
  offline,
  ask,
}: Pick<PublishTimesOptions, 'ask' | 'offline'> & { config: RegistryConfig }): ReadTarball {
  const limit = pLimit(MAX_AT_ONCE)
  return async (registry, manifest, expected, open) => {
    const { name, version } = manifest
    const id = `${name}@${version}`
    const strongest = strongestOf(expected)
    if (strongest === undefined) {
      return fail(
        'no-integrity',
        `Nothing says which tarball of ${id} is meant: the lockfile has no integrity.`,
        {
          fix: 'Run npm install with a current npm, which writes integrity into the lockfile.',
        },
      )
    }
    if (compareIntegrity(expected, manifest.integrity) === 'different') {
      return fail(
        'integrity-mismatch',
        `The lockfile and the registry ${registry.origin} name different tarballs for ${id}.`,
        { fix: 'Find out why before anything else; nothing of the tarball was asked for.' },
      )
    }
    const address = tarballAddress(config, { name, version, registry, tarball: manifest.tarball })
    if (!address.ok) return address
    if (offline) {
      return fail(
        'offline',
        `The tarball of ${id} is not in the cache, and --offline forbids asking for it.`,
        {
          fix: 'Run once without --offline.',
        },
      )
    }
    const { url, registry: asked, authorization } = address.value
    const reader = tarballReader(id, strongest, open)
    const attempt = await limit(() =>
      ask(asked, url, (reply) => attemptFrom(reply, asked.origin, (read) => read), reader, {
        login: { authorization },
      }),
    )
    return attempt.outcome.ok || attempt.outcome.failure.code !== 'redirected'
      ? attempt.outcome
      : { ok: false, failure: { ...attempt.outcome.failure, fix: INSTALL } }
  }
}
