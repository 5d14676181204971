/** From npm's flat options to the registry configuration: registries, logins, certificates, proxies. */
import { basic, readCredentials } from './credentials.ts'
import { scopesOf, warningsFor } from './project-npmrc.ts'
import type { ProjectKey } from './project-npmrc.ts'
import { baseOf, parseUrl } from './registry-config.ts'
import type { ProxyConfig, RegistryConfig } from './registry-config.ts'

/** Picks what matters out of npm's flat options; `distrusted` are the project's keys that were not taken over. */
export function configOf(
  flat: Record<string, unknown>,
  env: Record<string, string>,
  distrusted: readonly ProjectKey[],
): RegistryConfig {
  const { credentials, warnings } = readCredentials(flat)
  const scopes: Record<string, string> = {}
  for (const [key, value] of Object.entries(flat)) {
    const scope = /^(@[^:]*):registry$/i.exec(key)?.[1]
    if (scope !== undefined && typeof value === 'string') scopes[scope] = value
  }
  const registry = textOf(flat['registry']) ?? ''
  // npm sends the userinfo of an address as a login; here it becomes one, so that the address can be shown.
  for (const address of [registry, ...Object.values(scopes)]) {
    const url = parseUrl(address)
    if (url === undefined || (url.username === '' && url.password === '')) continue
    const prefix = baseOf(url).slice(url.protocol.length)
    if (credentials.some((credential) => credential.prefix === prefix)) continue
    credentials.push({
      prefix,
      authorization: basic(decodeURIComponent(url.username), decodeURIComponent(url.password)),
    })
  }
  const ca = listOf(flat['ca'])
  const replaced = textOf(flat['replaceRegistryHost'])
  return {
    registry,
    scopes,
    untrustedScopes: scopesOf(distrusted),
    credentials,
    ...(replaced === undefined ? {} : { replaceRegistryHost: replaced }),
    ...(ca.length === 0 ? {} : { ca }),
    strictSsl: flat['strictSSL'] !== false,
    proxy: proxyOf(flat, env),
    warnings: [...warningsFor(distrusted), ...warnings],
  }
}

function proxyOf(flat: Record<string, unknown>, env: Record<string, string>): ProxyConfig {
  const fromEnv = (...names: string[]): string | undefined => {
    const values = names.map(
      (name) => Object.entries(env).find(([key, value]) => key.toLowerCase() === name && value)?.[1],
    )
    return values.find((value) => value !== undefined)
  }
  const configured = textOf(flat['httpsProxy']) ?? textOf(flat['proxy'])
  const https = fromEnv('https_proxy')
  const http = fromEnv('https_proxy', 'http_proxy', 'proxy')
  const bypass = textOf(flat['noProxy']) ?? fromEnv('no_proxy') ?? ''
  return {
    ...(configured === undefined ? {} : { configured }),
    ...(https === undefined ? {} : { https }),
    ...(http === undefined ? {} : { http }),
    bypass: bypass.split(',').map((domain) => domain.trim()),
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function listOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value]
  return values.filter((item): item is string => typeof item === 'string' && item !== '')
}
