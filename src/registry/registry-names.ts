/** Says which registry a package is asked of, and by which names npm's configuration knows that registry. */
import { registryFor } from './registry-config.ts'
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
