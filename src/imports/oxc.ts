/** The parser, which is native and optional: it is loaded when the first file has to be parsed. */
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { createParse } from './parse.ts'
import type { ParseSource } from './parse.ts'

/** The version that is depended on; what another one says of a file is kept apart in the cache. */
export const PARSER_VERSION = '0.154.0'

/** Loads oxc-parser. Fails with `parser-missing` where it is not installed or not built for this platform. */
export async function loadParser(): Promise<Outcome<ParseSource>> {
  try {
    const { parseSync, visitorKeys } = await import('oxc-parser')
    return ok(createParse({ parse: parseSync, keys: visitorKeys }))
  } catch {
    return fail('parser-missing', 'The imports of the source files cannot be read without oxc-parser.', {
      fix: `Install it with \`npm install --save-dev oxc-parser\`.`,
    })
  }
}
