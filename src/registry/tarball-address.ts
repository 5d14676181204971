/** Where a tarball is asked for: at a registry that trusted configuration names, and nowhere else. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { authorizationFor, parseUrl, registryFor } from './registry-config.ts'
import type { Registry, RegistryConfig } from './registry-config.ts'

/** How to ask for a tarball. */
export interface TarballAddress {
  url: URL
  /** The registry whose limits and sockets the question uses. */
  registry: Registry
  /** The login to send; never that of a registry other than the package's own. */
  authorization?: string
}

/** The package, and what its registry says of its tarball. */
export interface TarballQuestion {
  name: string
  version: string
  /** The registry that the package comes from. */
  registry: Registry
  /** `dist.tarball` of its manifest. */
  tarball: string | undefined
}

/**
 * The address for a tarball, by npm's rules: the one that the manifest names, at the registry's own host where npm would
 * replace it. Fails with `not-found` if there is none, and with `foreign-tarball` if it leads to a host that is not that of
 * a configured registry: what a manifest says must not send requests into the network of whoever runs the check.
 */
export function tarballAddress(
  config: RegistryConfig,
  { name, version, registry, tarball }: TarballQuestion,
): Outcome<TarballAddress> {
  const id = `${name}@${version}`
  if (tarball === undefined) {
    return fail('not-found', `The registry ${registry.origin} names no tarball for ${id}.`, {
      fix: 'Tell whoever runs the registry; npm cannot install this version either.',
    })
  }
  const said = parseUrl(tarball)
  const url = said && atRegistry(said, registry, config.replaceRegistryHost)
  if (url === undefined || url.username !== '' || url.password !== '') return foreign(id, registry)
  if (url.origin === registry.origin) {
    const authorization = authorizationFor(config, url)
    return ok({ url, registry, ...(authorization !== undefined && { authorization }) })
  }
  const other = configuredRegistries(config).find(({ origin }) => origin === url.origin)
  return other === undefined ? foreign(id, registry) : ok({ url, registry: other })
}

/**
 * The address of a tarball that a lockfile names and no manifest: below that of a registry which trusted configuration names,
 * else `foreign-tarball`. Whoever wrote the lockfile chose the path, so no login goes with it.
 */
export function archiveAddress(config: RegistryConfig, id: string, address: string): Outcome<TarballAddress> {
  const url = parseUrl(address)
  const registry = url && configuredRegistries(config).find(({ base }) => url.href.startsWith(base))
  if (url === undefined || registry === undefined) {
    return fail(
      'foreign-tarball',
      `${id} comes from an address that lies below that of no configured registry, so it is not asked for.`,
      {
        fix: 'Use a published version, or install with npm ci --ignore-scripts on a branch that you trust and judge the installed tree with depgate check.',
      },
    )
  }
  return ok({ url, registry })
}

/** The address with the registry's origin where npm would ask there; a registry behind a proxy often says http of itself. */
function atRegistry(url: URL, registry: Registry, replaced: string | undefined): URL {
  const own = new URL(registry.base)
  const isReplaced = replaced === 'always' || (replaced !== 'never' && replaced === url.host)
  const isOwn = url.hostname === own.hostname && url.protocol === 'http:' && own.protocol === 'https:'
  return isReplaced || isOwn ? new URL(`${own.origin}${url.pathname}${url.search}`) : url
}

/** The default registry and those of scopes, as far as they may be asked. */
function configuredRegistries(config: RegistryConfig): Registry[] {
  const names = ['x', ...Object.keys(config.scopes).map((scope) => `${scope}/x`)]
  return names.flatMap((name) => {
    const registry = registryFor(config, name)
    return registry.ok ? [registry.value] : []
  })
}

function foreign(id: string, registry: Registry): Outcome<never> {
  return fail(
    'foreign-tarball',
    `The registry ${registry.origin} names a tarball for ${id} at a host that is not that of a configured registry, so it is not asked for.`,
    {
      fix: 'If the registry itself serves its tarballs, set replace-registry-host=always in your own .npmrc, as for npm.',
    },
  )
}
