/** Asks for tarballs by the way that every question takes, a few at a time, each once. */
import pLimit from 'p-limit'
import type { Outcome } from '#model/outcome'
import { fail } from '#model/outcome'
import { attemptFrom } from './answer.ts'
import { compareIntegrity, strongestOf } from './integrity.ts'
import type { Manifest } from './manifest.ts'
import type { PublishTimesOptions } from './packument-times.ts'
import type { Registry, RegistryConfig } from './registry-config.ts'
import { archiveAddress, tarballAddress } from './tarball-address.ts'
import type { TarballAddress } from './tarball-address.ts'
import { tarballReader } from './tarball-stream.ts'
import type { Expected, TarballSink } from './tarball-stream.ts'

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

/** Asks for tarballs; `expected` are the hashes of the lockfile. */
export interface Tarballs {
  /** That of a version whose manifest is known. */
  ofVersion<T>(
    registry: Registry,
    manifest: Manifest,
    expected: readonly string[],
    open: () => TarballSink<T>,
  ): Promise<Outcome<TarballAnswer<T>>>
  /** The one at an address of the lockfile, if that is an address of a registry; `id` is for messages. */
  at<T>(
    id: string,
    address: string,
    expected: readonly string[],
    open: () => TarballSink<T>,
  ): Promise<Outcome<TarballAnswer<T>>>
}

/** Creates the questions. Nothing is kept: what was read is the caller's. */
export function createTarballs({
  config,
  offline,
  ask,
}: Pick<PublishTimesOptions, 'ask' | 'offline'> & { config: RegistryConfig }): Tarballs {
  const limit = pLimit(MAX_AT_ONCE)

  async function read<T>(
    id: string,
    expected: Expected,
    { url, registry, authorization }: TarballAddress,
    open: () => TarballSink<T>,
  ): Promise<Outcome<TarballAnswer<T>>> {
    if (offline) {
      return fail(
        'offline',
        `The tarball of ${id} is not in the cache, and --offline forbids asking for it.`,
        {
          fix: 'Run once without --offline.',
        },
      )
    }
    const reader = tarballReader(id, expected, open)
    const attempt = await limit(() =>
      ask(registry, url, (reply) => attemptFrom(reply, registry.origin, (body) => body), reader, {
        login: { authorization },
      }),
    )
    return attempt.outcome.ok || attempt.outcome.failure.code !== 'redirected'
      ? attempt.outcome
      : { ok: false, failure: { ...attempt.outcome.failure, fix: INSTALL } }
  }

  return {
    async ofVersion(registry, manifest, expected, open) {
      const { name, version } = manifest
      const id = `${name}@${version}`
      const strongest = strongestOf(expected)
      if (strongest === undefined) return unnamed(id)
      if (compareIntegrity(expected, manifest.integrity) === 'different') {
        return fail(
          'integrity-mismatch',
          `The lockfile and the registry ${registry.origin} name different tarballs for ${id}.`,
          { fix: 'Find out why before anything else; nothing of the tarball was asked for.' },
        )
      }
      const address = tarballAddress(config, { name, version, registry, tarball: manifest.tarball })
      return address.ok ? read(id, strongest, address.value, open) : address
    },
    async at(id, said, expected, open) {
      const strongest = strongestOf(expected)
      // No registry says which tarball is meant: then the hash has to be one that nobody can make another tarball for.
      if (strongest === undefined || strongest.algorithm === 'sha1') return unnamed(id)
      const address = archiveAddress(config, id, said)
      return address.ok ? read(id, strongest, address.value, open) : address
    },
  }
}

function unnamed(id: string): Outcome<never> {
  return fail(
    'no-integrity',
    `Nothing says which tarball of ${id} is meant: the lockfile has no integrity.`,
    {
      fix: 'Run npm install with a current npm, which writes integrity into the lockfile.',
    },
  )
}
