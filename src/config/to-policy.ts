/** Makes a policy of a file that has been checked: groups become licences, durations milliseconds, entries get places. */
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Location } from '#model/finding'
import { parsePackageSpec } from '#model/package-spec'
import type { NotifyTarget, PackageSpec, Policy, WrittenEntry } from '#model/policy'
import { BASELINE_FILE } from './baseline-file.ts'
import { expandGroups, isGroup } from './built-in.ts'
import { canonicalJson } from './canonical-json.ts'
import type { KeyPath } from './config-error.ts'
import { parseDuration } from './duration.ts'
import { locateImports, settleImports } from './settle-imports.ts'
import { DEFAULT_TOKEN } from './notify-schema.ts'
import { policySchema } from './schema.ts'
import type { PolicyFile } from './schema.ts'
import type { PolicySource } from './validate.ts'
import { ENVIRONMENT } from './value-checks.ts'

/** What a run without a policy goes by: nothing is allowed, all else is as if nothing had been written. */
export function emptyPolicy(): Policy {
  return toPolicy(v.parse(policySchema, { licenses: { allow: [] } }), { file: '' })
}

/** The policy of a valid file. */
export function toPolicy(file: PolicyFile, source: PolicySource): Policy {
  const { imports, ...settled } = settle(file)
  const located = <T extends { package: string }>(entries: readonly T[], path: KeyPath) =>
    entries.map((entry, index) => ({
      ...entry,
      package: packageSpec(entry.package),
      location: locationOf([...path, index], source),
    }))
  return {
    ...settled,
    file: source.file,
    sha256: createHash('sha256')
      .update(canonicalJson({ ...settled, ...(imports && { imports }) }))
      .digest('hex'),
    licenses: {
      ...settled.licenses,
      workspaces: settled.licenses.workspaces.map((entry) => ({
        ...entry,
        location: locationOf(['licenses', 'workspaces', entry.workspace], source),
      })),
      written: writtenEntries(file, source),
      exceptions: located(settled.licenses.exceptions, ['licenses', 'exceptions']),
      clarify: located(settled.licenses.clarify, ['licenses', 'clarify']),
    },
    packages: { ...settled.packages, ban: located(settled.packages.ban, ['packages', 'ban']) },
    advisories: {
      ...settled.advisories,
      ignore: settled.advisories.ignore.map(({ package: spec, ...entry }, index) => ({
        ...entry,
        ...(spec !== undefined && { package: packageSpec(spec) }),
        location: locationOf(['advisories', 'ignore', index], source),
      })),
    },
    ...(imports && {
      imports: locateImports(imports, (path) => locationOf(['imports', ...path], source)),
    }),
    firstParty: located(settled.firstParty, ['firstParty']),
    baseline: { ...settled.baseline, file: BASELINE_FILE, exists: false, entries: [] },
    // Nothing is judged by it.
    history: file.history,
  }
}

/** All that a run is judged by, without places: what the policy's sha256 covers. */
function settle({
  licenses,
  packages,
  sources,
  imports,
  advisories,
  notify,
  firstParty,
  forecast,
  baseline,
  network,
  cache,
  deadline,
}: PolicyFile) {
  const { production, dev, optional, notShipped } = licenses.scopes
  const importRules = settleImports(imports, notShipped !== undefined)
  const { minimumAge, ...packageRules } = packages
  const { silentAfter, ...forecastRules } = forecast
  const { maxAge, ...advisoryRules } = advisories
  return {
    licenses: {
      allow: expandGroups(licenses.allow),
      scopes: {
        production: expandGroups(production?.allow ?? []),
        dev: expandGroups(dev?.allow ?? []),
        optional: expandGroups(optional?.allow ?? []),
      },
      ...(notShipped && { notShipped: expandGroups(notShipped.allow) }),
      workspaces: Object.entries(licenses.workspaces)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([workspace, { allow }]) => ({ workspace, allow: expandGroups(allow) })),
      exceptions: licenses.exceptions,
      clarify: licenses.clarify.map(({ file, sha256, files, ...entry }) => ({
        ...entry,
        files: (files ?? [{ file: file ?? '', sha256: sha256 ?? '' }]).map((pinned) => ({
          file: pinned.file,
          sha256: pinned.sha256.toLowerCase(),
        })),
      })),
    },
    packages: { ...packageRules, minimumAgeMs: minimumAge === 'off' ? 0 : milliseconds(minimumAge) },
    sources: { ...sources, registries: sources.registries ?? [] },
    imports: importRules,
    advisories: { ...advisoryRules, maxAgeMs: milliseconds(maxAge) },
    notify: notify.map(toNotifyTarget),
    firstParty,
    forecast: { ...forecastRules, silentAfterMs: milliseconds(silentAfter) },
    baseline,
    network: {
      concurrency: network.concurrency,
      requestsPerSecond: network.requestsPerSecond,
      timeoutMs: milliseconds(network.timeout),
    },
    cache: {
      ttlMs: milliseconds(cache.ttl),
      ...(cache.redis && {
        redis: { variable: variableOf(cache.redis.url), mode: cache.redis.mode },
      }),
    },
    deadlineMs: milliseconds(deadline),
  }
}

/** The entries of allow lists that somebody wrote into this very file, licence by licence. */
function writtenEntries({ licenses }: PolicyFile, source: PolicySource): WrittenEntry[] {
  const collect = (
    entries: readonly string[],
    path: KeyPath,
    list: Pick<WrittenEntry, 'scope' | 'workspace'>,
  ) =>
    entries.flatMap((license, index): WrittenEntry[] => {
      const place = [...path, index]
      if (isGroup(license) || source.origin?.(place).inherited === true) return []
      return [{ license, ...list, location: locationOf(place, source) }]
    })
  const scopes = (['production', 'dev', 'optional', 'notShipped'] as const).flatMap((scope) =>
    collect(licenses.scopes[scope]?.allow ?? [], ['licenses', 'scopes', scope, 'allow'], { scope }),
  )
  const workspaces = Object.entries(licenses.workspaces).flatMap(([workspace, { allow }]) =>
    collect(allow, ['licenses', 'workspaces', workspace, 'allow'], { workspace }),
  )
  return [...collect(licenses.allow, ['licenses', 'allow'], {}), ...scopes, ...workspaces]
}

function locationOf(path: KeyPath, { file, place, origin }: PolicySource): Location {
  const line = place?.(path, 'value')?.line
  return { file: origin?.(path).file ?? file, ...(line !== undefined && { line }) }
}

/** Names of variables in the place of what refers to them. */
function toNotifyTarget({
  type,
  url = '',
  secret,
  token,
  repository,
}: PolicyFile['notify'][number]): NotifyTarget {
  if (type === 'slack') return { type, url: variableOf(url) }
  if (type === 'webhook')
    return { type, url: variableOf(url), ...(secret !== undefined && { secret: variableOf(secret) }) }
  return {
    type,
    token: variableOf(token ?? DEFAULT_TOKEN),
    ...(repository !== undefined && { repository: variableOf(repository) }),
  }
}

function variableOf(reference: string): string {
  return reference.slice(ENVIRONMENT.length)
}

/** The schema has checked the text; if it has not, that is a bug of ours. */
function packageSpec(text: string): PackageSpec {
  const parsed = parsePackageSpec(text)
  if (!parsed.ok) throw new TypeError(parsed.problem)
  return parsed.spec
}

function milliseconds(text: string): number {
  const duration = parseDuration(text)
  if (duration === undefined) throw new TypeError(`not a duration: ${text}`)
  return duration
}
