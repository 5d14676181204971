/** Asks a registry what its releases of a package declare: a packument is streamed, and little of it is kept. */
import { cacheKey } from '#cache/key'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { Release, Releases } from '#model/release'
import { attemptFrom } from './answer.ts'
import type { Attempt } from './attempt.ts'
import type { BodyReader } from './body.ts'
import type { Reply } from './dispatcher.ts'
import { createHeadRoom } from './head-room.ts'
import { quickPackumentReader } from './packument-reader.ts'
import type { Wanted } from './packument-scan.ts'
import type { PublishTimesOptions } from './packument-times.ts'
import { SHORT_FORM } from './packument-versions.ts'
import { packumentUrl } from './registry-config.ts'
import type { Registry } from './registry-config.ts'
import { decodeReleases, encodeReleases } from './release-record.ts'
import type { KnownReleases } from './release-record.ts'
import { parsePackument } from './release-list.ts'
import type { ListedReleases } from './release-list.ts'
import { coverOf, covers, coverTest } from './release-cover.ts'
import type { ReleaseCover } from './release-cover.ts'

/** How long a list is believed: a release of the last hour can wait for the next run. */
const FRESH_MS = 3_600_000
/** Slower than this a registry is given up on. */
const BYTES_PER_SECOND = 256 * 1024
/** Raised whenever an older depgate wrote records that must not be read any more. */
const RECORD_SCHEMA = 1

const FIELDS = new Set(['license', 'licenses', 'repository', 'deprecated'])

/** All that releases declare; only the full document has it. */
const FULL: Wanted = {
  values: new Set(['name', 'dist-tags', 'time']),
  membersOf: { key: 'versions', values: FIELDS },
}

/** Which releases there are, and which are advised against. Whatever else it holds, it is not asked about licences. */
const SHORT: Wanted = {
  values: new Set(['name', 'dist-tags']),
  membersOf: { key: 'versions', values: new Set(['deprecated']) },
}

/** Says what the releases of a package declare, from the lowest of the `installed` versions on. */
export type AskReleases = (
  registry: Registry,
  name: string,
  installed: readonly string[],
) => Promise<Outcome<Releases>>

/**
 * Creates the question. What a release declares is kept without end, because a version is published once; which ones
 * there are is believed for an hour, so that a run that was cut off can be gone on with. A package that was never asked
 * for costs the full document at once, a later look only the short one, unless that names a release nobody has seen.
 */
export function createReleases(options: PublishTimesOptions): AskReleases {
  const { cache, now, ask } = options
  const room = createHeadRoom()
  const full = { ...quickPackumentReader(FULL, room), bytesPerSecond: BYTES_PER_SECOND }
  const short = { ...quickPackumentReader(SHORT, room), bytesPerSecond: BYTES_PER_SECOND, accept: SHORT_FORM }

  async function list(registry: Registry, name: string, form: BodyReader): Promise<Outcome<ListedReleases>> {
    const parse = (text: string): Outcome<ListedReleases> => parsePackument(text, name)
    const read = (reply: Outcome<Reply>): Attempt<ListedReleases> =>
      attemptFrom(reply, registry.origin, parse)
    const { outcome } = await ask(registry, packumentUrl(registry.base, name), read, form)
    return outcome
  }

  return async (registry, name, installed) => {
    const cover = coverOf(installed)
    if (cover === undefined) return fail('invalid-name', `No installed version of ${name} can be compared.`)
    const key = cacheKey('releases', RECORD_SCHEMA, registry.base, name)
    const record = options.refresh ? undefined : await cache.get(key)
    const age = record === undefined ? -1 : now() - record.storedAt
    const kept = record === undefined || age < 0 ? undefined : decodeReleases(record.body, name)
    const known = kept !== undefined && covers(kept.cover, cover) ? kept : undefined
    if (known !== undefined && age <= FRESH_MS) return ok(narrowed(known, cover))
    if (options.offline) {
      return fail('offline', `The releases of ${name} cannot be asked for with --offline.`, {
        fix: 'Run once without --offline.',
      })
    }
    const keep = async (fresh: KnownReleases): Promise<Outcome<Releases>> => {
      const body = encodeReleases(name, fresh)
      if (body !== undefined) await cache.put(key, body, now())
      return ok(narrowed(fresh, cover))
    }
    if (known !== undefined) {
      const seen = await list(registry, name, short)
      if (!seen.ok) return seen
      const updated = brought(known, seen.value)
      if (updated !== undefined) return keep(updated)
    }
    const told = await list(registry, name, full)
    if (!told.ok) return told
    const { tags, releases } = told.value
    const isCovered = coverTest(cover)
    return keep({ cover, tags, list: releases.filter(({ version }) => isCovered(version)) })
  }
}

/** What is known, as the short form has it now; undefined where that names a release that is not known. */
function brought({ cover, list }: KnownReleases, short: ListedReleases): KnownReleases | undefined {
  const known = new Map(list.map((release) => [release.version, release]))
  const isCovered = coverTest(cover)
  const now: Release[] = []
  for (const { version, deprecated } of short.releases) {
    if (!isCovered(version)) continue
    const release = known.get(version)
    if (release === undefined) return undefined
    now.push({ ...release, deprecated })
  }
  return { cover, tags: short.tags, list: now }
}

function narrowed({ cover: known, list, tags }: KnownReleases, cover: ReleaseCover): Releases {
  if (covers(cover, known)) return { tags, list }
  const isCovered = coverTest(cover)
  return { tags, list: list.filter(({ version }) => isCovered(version)) }
}
