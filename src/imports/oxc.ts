/** The parser, which is native and optional: it is looked for at once, and loaded when the first file has to be parsed. */
import { createRequire } from 'node:module'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { createParse } from './parse.ts'
import type { ParseSource } from './parse.ts'

/** Loads oxc-parser. Fails with `parser-missing` where it is not installed or not built for this platform. */
export async function loadParser(): Promise<Outcome<ParseSource>> {
  try {
    const { parseSync, visitorKeys } = await import('oxc-parser')
    return ok(createParse({ parse: parseSync, keys: visitorKeys }))
  } catch {
    return parserMissing()
  }
}

/** The version of oxc-parser that is installed, without loading it; undefined if there is none. */
export function parserVersion(): string | undefined {
  try {
    const manifest: unknown = createRequire(import.meta.url)('oxc-parser/package.json')
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined
    return typeof manifest.version === 'string' ? manifest.version : undefined
  } catch {
    return undefined
  }
}

/** What is said where there is no parser. */
export function parserMissing(): { ok: false } & Outcome<never> {
  return fail('parser-missing', 'The imports of the source files cannot be read without oxc-parser.', {
    fix: 'Install it with `npm install --save-dev oxc-parser`.',
  })
}
