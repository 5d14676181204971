/** Which registry a package is asked of, with which credentials and through which proxy: plain data and pure rules. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { scopeOf } from '#model/package-id'
import type { Warning } from '#model/run-report'

/** A login, good for everything below its prefix and nothing else. */
export interface Credential {
  /** npm's "nerf dart": `//host[:port]/path/`, no scheme. */
  prefix: string
  /** The whole value of the `authorization` header. Never shown. */
  authorization: string
}

/** How npm would choose a proxy. */
export interface ProxyConfig {
  /** `https-proxy`, else `proxy`, of npm's configuration: for every registry. */
  configured?: string
  /** From the environment, for https registries. */
  https?: string
  /** From the environment, for http registries. */
  http?: string
  /** Host names and domains that are reached directly. */
  bypass: string[]
}

/** What the trusted npm configuration says about registries. Survives `structuredClone`. Holds secrets: never print it. */
export interface RegistryConfig {
  /** The default registry, as configured. */
  registry: string
  /** Registry of each scope (`@acme`), as configured. */
  scopes: Record<string, string>
  /** Scopes that only the project's own .npmrc sends somewhere. */
  untrustedScopes: string[]
  credentials: Credential[]
  /**
   * npm's `replace-registry-host`: of tarballs at which hosts the host is replaced with the registry's. `never`, `always`,
   * or one host, by default that of npm's own default registry.
   */
  replaceRegistryHost?: string
  /** PEM certificates that replace Node's own list; absent leaves that list, and NODE_EXTRA_CA_CERTS, in place. */
  ca?: string[]
  /** False when certificates are not to be checked: no https registry is asked then. */
  strictSsl: boolean
  proxy: ProxyConfig
  /** What was not taken over from the project's .npmrc, or could not be used. */
  warnings: Warning[]
}

/** A registry that may be asked. */
export interface Registry {
  /** Ends with `/`, without userinfo, query and fragment. */
  base: string
  origin: string
}

/** A `${VARIABLE}` that npm found no value for and left as it was. */
const UNRESOLVED = /\$\{[^}]*\}/

/** Whether a configured value still holds a `${VARIABLE}`; such a value must not be sent anywhere. */
export function isUnresolved(value: string): boolean {
  return UNRESOLVED.test(value)
}

/**
 * The registry a package comes from. Fails with `untrusted-registry` rather than asking the default registry for a
 * scope that belongs elsewhere: that would tell strangers its name, and believe whoever has taken it there.
 */
export function registryFor(config: RegistryConfig, name: string): Outcome<Registry> {
  const scope = scopeOf(name)
  const key = scope === undefined ? 'registry' : `${scope}:registry`
  if (scope === undefined || !Object.hasOwn(config.scopes, scope)) {
    if (scope !== undefined && config.untrustedScopes.includes(scope)) return untrusted(scope, key)
    return usable(config, 'registry', config.registry)
  }
  return usable(config, key, config.scopes[scope] ?? '')
}

function untrusted(scope: string, key: string): Outcome<Registry> {
  return fail(
    'untrusted-registry',
    `Only the project's own .npmrc says which registry ${scope} comes from.`,
    {
      fix: `Put ${key} into your own .npmrc, or pass --trust-npmrc ${key}.`,
    },
  )
}

function usable(config: RegistryConfig, key: string, configured: string): Outcome<Registry> {
  const url = isUnresolved(configured) ? undefined : parseUrl(configured)
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    return fail(
      'npmrc-unreadable',
      `The value of ${key} in npm's configuration is not the address of a registry.`,
      {
        fix: `Correct ${key} in your .npmrc, and set every environment variable it uses.`,
      },
    )
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return fail(
      'insecure-registry',
      `The registry ${url.origin} is not reached over https, so its answers prove nothing.`,
      {
        fix: `Set ${key} to an https address.`,
      },
    )
  }
  if (url.protocol === 'https:' && !config.strictSsl) {
    return fail(
      'insecure-registry',
      'strict-ssl=false turns the check of certificates off, so no answer would prove anything.',
      {
        fix: 'Remove strict-ssl, and name your certificate authority with cafile.',
      },
    )
  }
  const registry = { base: baseOf(url), origin: url.origin }
  const proxy = proxyFor(config, registry)
  if (proxy !== undefined && !isProxyAddress(proxy)) {
    return fail('npmrc-unreadable', "The proxy in npm's configuration is not an http or https address.", {
      fix: 'Correct proxy and https-proxy, and set every environment variable they use.',
    })
  }
  return ok(registry)
}

function isProxyAddress(proxy: string): boolean {
  const protocol = isUnresolved(proxy) ? undefined : parseUrl(proxy)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}

/** A registry's address as keys and requests use it. */
export function baseOf(url: URL): string {
  return `${url.origin}${url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`}`
}

/** A URL, or undefined for text that is none. */
export function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined
}

/** The address of one version: `<base>@scope%2fname/1.0.0`. Name and version must have been checked. */
export function manifestUrl(base: string, name: string, version: string): URL {
  return new URL(`${base}${name.replace('/', '%2f')}/${encodeURIComponent(version)}`)
}

/** The address of all versions of a package: `<base>@scope%2fname`. The name must have been checked. */
export function packumentUrl(base: string, name: string): URL {
  return new URL(`${base}${name.replace('/', '%2f')}`)
}

/**
 * The `authorization` for a request, by npm's rule: the login whose prefix is the longest one found walking up from the
 * address, by whole path segments. Undefined when none covers it.
 */
export function authorizationFor(config: RegistryConfig, url: URL): string | undefined {
  for (let key = `//${url.host}${url.pathname}`; key.length > 2; key = key.replace(/(?:[^/]+|\/)$/, '')) {
    const credential = config.credentials.find(({ prefix }) => prefix === key)
    if (credential !== undefined) return credential.authorization
  }
  return undefined
}

/** The proxy for a request, by npm's rule; undefined for a direct connection. */
export function proxyFor(
  { proxy }: Pick<RegistryConfig, 'proxy'>,
  registry: Pick<Registry, 'origin'>,
): string | undefined {
  const { protocol, hostname } = new URL(registry.origin)
  const chosen = proxy.configured ?? (protocol === 'https:' ? proxy.https : proxy.http)
  return chosen === undefined || proxy.bypass.some((domain) => isBelow(hostname, domain)) ? undefined : chosen
}

/** Whether a host is a domain or lies below it, compared label by label as npm does. */
function isBelow(hostname: string, domain: string): boolean {
  const wanted = domain.split('.').filter(Boolean).toReversed()
  const labels = hostname.split('.').toReversed()
  return wanted.length > 0 && wanted.every((label, index) => labels[index] === label)
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname)
}

/** Whether trusted configuration sends a package's scope to another registry than the default one. */
export function hasOwnRegistry(config: RegistryConfig, name: string, origin?: string): boolean {
  const own = registryFor(config, name)
  if (!own.ok || (origin !== undefined && origin !== own.value.origin)) return false
  const general = usable(config, 'registry', config.registry)
  return own.value.base !== (general.ok ? general.value.base : undefined)
}
