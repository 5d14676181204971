/** Reads the configuration and the flags of license-compliance. */
import { ownValue } from '#config/layer'
import { emptyPeer } from './imported.ts'
import type { Exempt, Peer } from './imported.ts'
import { readLicenseNames } from './license-names.ts'
import { flagsIn } from './shell-words.ts'

/** The name that it is called by, in scripts and as a key of package.json. */
export const LICENSE_COMPLIANCE = 'license-compliance'

const WITH_VALUE = new Set([
  '--allow',
  '-a',
  '--exclude',
  '-e',
  '--format',
  '-f',
  '--report',
  '-r',
  '--query',
  '-q',
])

/** Its flags in a script, as the content of a configuration. */
export function complianceFlags(args: readonly string[]): unknown {
  const flags = flagsIn(args, WITH_VALUE)
  const either = (long: string, short: string): string | undefined => flags.get(long) ?? flags.get(short)
  const allow = either('--allow', '-a')
  const exclude = either('--exclude', '-e')
  return {
    ...(allow !== undefined && { allow: allow.split(';') }),
    ...(exclude !== undefined && { exclude: exclude.split(';') }),
    production: flags.has('--production') || flags.has('-p'),
    development: flags.has('--development') || flags.has('-d'),
    direct: flags.has('--direct') || flags.has('-t'),
  }
}

/** A configuration, wherever it stands; undefined if it allows nothing and so is no policy. */
export function readLicenseCompliance(source: string, content: unknown): Peer | undefined {
  const peer = emptyPeer(source)
  const names = readLicenseNames(texts(ownValue(content, 'allow')))
  const parent = ownValue(content, 'extends')
  if (names.allow.length + names.lost.length === 0 && parent === undefined) return undefined
  peer.allow = names.allow
  peer.lost.push(...names.lost)
  if (parent !== undefined) {
    const why = 'is code of a package, which is not run: write its list into a JSON file and extend that'
    peer.lost.push({ what: `extends ${typeof parent === 'string' ? parent : JSON.stringify(parent)}`, why })
  }
  peer.productionOnly = ownValue(content, 'production') === true
  if (ownValue(content, 'development') === true) {
    peer.lost.push({
      what: 'development',
      why: 'depgate judges the whole tree; scopes.dev is for development alone',
    })
  }
  if (ownValue(content, 'direct') === true) {
    peer.lost.push({ what: 'direct', why: 'depgate judges the whole tree: what ships is what counts' })
  }
  for (const text of texts(ownValue(content, 'exclude'))) {
    const exempt = excluded(text.trim())
    if (exempt === undefined) {
      peer.lost.push({
        what: `exclude ${text}`,
        why: 'is a pattern: name the packages, or their scope ("@acme/*")',
      })
    } else if (exempt.text !== '') peer.exempt.push(exempt)
  }
  return peer
}

/** A name, or a pattern that is nothing but the beginning of names. */
function excluded(text: string): Exempt | undefined {
  if (!text.startsWith('/')) return { text, package: text }
  const [, start] = /^\/\^((?:[@\w-]|\\?\/|\\\.)+)\/$/.exec(text) ?? []
  if (start === undefined) return undefined
  return { text, prefix: start.replaceAll('\\', '') }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
