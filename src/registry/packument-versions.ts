/** Asks a registry which versions of a package there are: of the packument only names and tags are kept. */
import { cacheKey } from '#cache/key'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isExactVersion } from '#model/package-id'
import { attemptFrom } from './answer.ts'
import type { Attempt } from './attempt.ts'
import type { BodyReader } from './body.ts'
import type { Reply } from './dispatcher.ts'
import { isObject, parseObject } from './manifest.ts'
import { packumentReader } from './packument-reader.ts'
import type { PublishTimesOptions } from './packument-times.ts'
import { packumentUrl } from './registry-config.ts'
import type { Registry } from './registry-config.ts'

/** Several times as many as the package with the most has; comparing more would take seconds. */
const MAX_VERSIONS = 50_000
const MAX_TAGS = 5000
/** How long a list of versions is believed: a release of the last hour can wait for the next run. */
const FRESH_MS = 3_600_000
/** What is longer is asked for again rather than kept in place of answers that a check needs. */
const MAX_RECORD_BYTES = 64 * 1024
/** Raised whenever an older depgate wrote records that must not be read any more. */
const RECORD_SCHEMA = 1
/** The form to ask for: registries that know the short one leave out what only readers want; the others send the whole document. */
export const SHORT_FORM = 'application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8'

/** What a registry offers of a package. */
export interface Offer {
  /** Exact versions, in the registry's order. */
  versions: readonly string[]
  /** The version behind each tag, such as `latest`; only versions that are offered. */
  tags: ReadonlyMap<string, string>
}

/** Lists the versions of a package whose name has been checked. */
export type ListVersions = (registry: Registry, name: string) => Promise<Outcome<Offer>>

/** Creates the question. An answer is kept for an hour, so that a run that was cut off can be gone on with. */
export function createVersionLists(options: PublishTimesOptions): ListVersions {
  const { cache, now, ask } = options
  return async (registry, name) => {
    const key = cacheKey('versions', RECORD_SCHEMA, registry.base, name)
    const known = options.refresh ? undefined : await cache.get(key)
    const age = known === undefined ? -1 : now() - known.storedAt
    if (known !== undefined && age >= 0 && age <= FRESH_MS) {
      const offer = parseOffer(textOf(known.body), name)
      if (offer.ok) return offer
    }
    if (options.offline) {
      return fail('offline', `The list of versions of ${name} cannot be asked for with --offline.`, {
        fix: 'Run once without --offline.',
      })
    }
    const url = packumentUrl(registry.base, name)
    const parse = (text: string): Outcome<Offer> => parseOffer(text, name)
    const read = (reply: Outcome<Reply>): Attempt<Offer> => attemptFrom(reply, registry.origin, parse)
    const { outcome } = await ask(registry, url, read, VERSIONS_ONLY)
    if (!outcome.ok && outcome.failure.code === 'not-found') return noSuchPackage(registry)
    const record = outcome.ok ? encodeOffer(name, outcome.value) : undefined
    if (record !== undefined && record.length <= MAX_RECORD_BYTES) await cache.put(key, record, now())
    return outcome
  }
}

const VERSIONS_ONLY: BodyReader = {
  ...packumentReader({ values: new Set(['name', 'dist-tags']), keysOf: 'versions' }),
  accept: SHORT_FORM,
}

/** The versions and tags of a scanned packument; what is no exact version does not count. */
export function parseOffer(text: string, name: string): Outcome<Offer> {
  const document = parseObject(text)
  if (document === undefined || !Object.hasOwn(document, 'name')) return malformed(name)
  if (document['name'] !== name) {
    return fail('wrong-package', `The registry answered for another package than ${name}.`, {
      fix: 'Tell whoever runs the registry; nothing of this answer was used.',
    })
  }
  const listed = Object.hasOwn(document, 'versions') ? document['versions'] : undefined
  const tagged = Object.hasOwn(document, 'dist-tags') ? document['dist-tags'] : undefined
  if (!Array.isArray(listed)) return malformed(name)
  const said = Object.entries(isObject(tagged) ? tagged : {})
  if (listed.length > MAX_VERSIONS || said.length > MAX_TAGS) {
    return fail('too-large', `The registry lists more versions of ${name} than any package has.`)
  }
  const versions = listed.filter((each): each is string => typeof each === 'string' && isExactVersion(each))
  const known = new Set(versions)
  const tags = new Map<string, string>()
  for (const [tag, version] of said)
    if (typeof version === 'string' && known.has(version)) tags.set(tag, version)
  return ok({ versions: [...known], tags })
}

/** A record has the shape of a scanned packument, and is read with the same care. */
function encodeOffer(name: string, { versions, tags }: Offer): Buffer {
  return Buffer.from(JSON.stringify({ name, 'dist-tags': Object.fromEntries(tags), versions }))
}

function textOf(body: Uint8Array): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
}

function noSuchPackage({ origin }: Registry): Outcome<never> {
  return fail('not-found', `The registry ${origin} does not have this package (404).`, {
    fix: 'Check that it comes from this registry and was not removed.',
  })
}

function malformed(name: string): Outcome<never> {
  return fail('malformed', `The answer of the registry is no list of the versions of ${name}.`, {
    fix: 'Check that the registry address is right and no login page or proxy answers in its place.',
  })
}
