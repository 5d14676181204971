/** Asks registries which of some versions have known vulnerabilities: npm's bulk endpoint, many names in one question. */
import { gzipSync } from 'node:zlib'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isExactVersion, isPackageName } from '#model/package-id'
import { attemptFrom } from './answer.ts'
import { failedAttempt } from './attempt.ts'
import type { Attempt } from './attempt.ts'
import { WHOLE_BODY } from './body.ts'
import type { Reply } from './dispatcher.ts'
import { isObject, parseObject } from './manifest.ts'
import type { Registry } from './registry-config.ts'
import type { Ask } from './way.ts'

/** Names in one question: npm sends all of a tree at once, and answers take seconds then. */
const NAMES_PER_QUESTION = 500
/** One question is work for many packages. */
const LEAST_TIMEOUT_MS = 15_000

/** Versions by the name of their package. */
export type VersionsByName = ReadonlyMap<string, readonly string[]>

/** What one registry said of the names that were asked of it: its entries by name, still as sent. */
export interface AdvisoryAnswer {
  names: string[]
  entries: Outcome<ReadonlyMap<string, readonly unknown[]>>
}

/** What the question is asked with. */
export interface AdvisoryOptions {
  ask: Ask
  registryOf: (name: string) => Outcome<Registry>
  timeoutMs: number
  offline: boolean
}

/** Asks each registry about its own packages; what cannot be asked is an answer too. */
export async function askAdvisories(
  versions: VersionsByName,
  options: AdvisoryOptions,
): Promise<AdvisoryAnswer[]> {
  const { askable, refused } = sortByRegistry(versions, options.registryOf)
  const answers = [...askable.values()].flatMap(({ registry, names }) =>
    chunks(names).map(async (part): Promise<AdvisoryAnswer> => {
      const question = new Map(part.map((name) => [name, versions.get(name) ?? []]))
      return { names: part, entries: await askOne(registry, question, options) }
    }),
  )
  return [...refused, ...(await Promise.all(answers))]
}

async function askOne(
  registry: Registry,
  question: VersionsByName,
  { ask, timeoutMs, offline }: AdvisoryOptions,
): Promise<Outcome<ReadonlyMap<string, readonly unknown[]>>> {
  if (offline) {
    return fail('offline', 'Known vulnerabilities are not asked for with --offline.', {
      fix: 'Run without --offline.',
    })
  }
  const url = new URL(`${registry.base}-/npm/v1/security/advisories/bulk`)
  const payload = gzipSync(JSON.stringify(Object.fromEntries(question)))
  const { outcome } = await ask(registry, url, (reply) => readAnswer(reply, registry, question), WHOLE_BODY, {
    payload,
    timeoutMs: Math.max(timeoutMs, LEAST_TIMEOUT_MS),
  })
  return outcome
}

function readAnswer(
  reply: Outcome<Reply>,
  { origin }: Registry,
  question: VersionsByName,
): Attempt<ReadonlyMap<string, readonly unknown[]>> {
  const status = reply.ok ? reply.value.status : 0
  if (status === 404 || status === 405 || status === 410 || status === 501) {
    const message = `The registry ${origin} does not answer questions about advisories (${status}).`
    return failedAttempt('unexpected-status', message, "Name a dump of OSV's database with --osv.")
  }
  return attemptFrom(reply, origin, (text) => parseAnswer(text, question, origin))
}

/** Strict, because an object without a known name would say "nothing is known", whoever sent it. */
function parseAnswer(
  text: string,
  question: VersionsByName,
  origin: string,
): Outcome<ReadonlyMap<string, readonly unknown[]>> {
  const answer = parseObject(text)
  const said = Object.entries(answer ?? {})
  const isWhole = said.every(
    ([name, entries]) => question.has(name) && Array.isArray(entries) && entries.every(isObject),
  )
  if (answer === undefined || !isWhole) {
    return fail(
      'malformed',
      `The registry ${origin} answered a question about advisories with something else.`,
    )
  }
  return ok(
    new Map(
      said.map(([name, entries]): [string, unknown[]] => [name, Array.isArray(entries) ? entries : []]),
    ),
  )
}

/** Names by their registry, and those of which no registry may be asked. */
function sortByRegistry(
  versions: VersionsByName,
  registryOf: AdvisoryOptions['registryOf'],
): { askable: Map<string, { registry: Registry; names: string[] }>; refused: AdvisoryAnswer[] } {
  const askable = new Map<string, { registry: Registry; names: string[] }>()
  const refused: AdvisoryAnswer[] = []
  for (const [name, wanted] of versions) {
    const registry =
      isPackageName(name) && wanted.every(isExactVersion)
        ? registryOf(name)
        : fail('invalid-name', 'No registry can be asked for a name or a version that is none.')
    if (!registry.ok) {
      refused.push({ names: [name], entries: registry })
      continue
    }
    const { base } = registry.value
    const known = askable.get(base)
    if (known === undefined) askable.set(base, { registry: registry.value, names: [name] })
    else known.names.push(name)
  }
  return { askable, refused }
}

function chunks(names: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(names.length / NAMES_PER_QUESTION) }, (_, at) =>
    names.slice(at * NAMES_PER_QUESTION, (at + 1) * NAMES_PER_QUESTION),
  )
}
