/** Says which registry a package is asked of, and by which names npm's configuration knows that registry. */
import { parseUrl, registryFor } from './registry-config.ts'
import type { RegistryConfig } from './registry-config.ts'

/** A registry with its names. */
export interface NamedRegistry {
  /** Ends with `/`, without userinfo. */
  base: string
  /** `default` and scopes (`@acme`), as far as they lead there. */
  names: string[]
}

/** The registry of a package; undefined where no registry may be asked for it. */
export function namedRegistry(config: RegistryConfig, name: string): NamedRegistry | undefined {
  const registry = registryFor(config, name)
  if (!registry.ok) return undefined
  const { base } = registry.value
  const leadsThere = (probe: string): boolean => {
    const other = registryFor(config, probe)
    return other.ok && other.value.base === base
  }
  const scopes = Object.keys(config.scopes).filter((scope) => leadsThere(`${scope}/x`))
  return { base, names: [...(leadsThere('x') ? ['default'] : []), ...scopes] }
}

/**
 * Whether npm asks a package's own registry for a tarball that a lockfile has at this origin: it is the registry's, or
 * one that npm replaces with it (`replace-registry-host`). True too where no registry may be asked: nothing is compared.
 */
export function isOwnOrigin(config: RegistryConfig, name: string, origin: string): boolean {
  const registry = registryFor(config, name)
  if (!registry.ok || origin === registry.value.origin) return true
  const url = parseUrl(origin)
  const { replaceRegistryHost: replaced } = config
  if (url === undefined || replaced === undefined || replaced === 'never') return false
  return replaced === 'always' || replaced === url.host
}
