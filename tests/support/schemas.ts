/** The schemas of fixtures/schemas as validators. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import Ajv4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'

/** Folder of the schemas. */
export const SCHEMAS = resolve(import.meta.dirname, '../../fixtures/schemas')

/** Compiles one by its file name. */
export function readSchema(file: string): ValidateFunction {
  const schema = JSON.parse(readFileSync(resolve(SCHEMAS, file), 'utf8')) as { $schema: string }
  const ajv = schema.$schema.includes('draft-04')
    ? // Its patterns are older than the u flag.
      new Ajv4.default({ strict: false, unicodeRegExp: false })
    : new Ajv({ strict: true })
  addFormats.default(ajv)
  return ajv.compile(schema)
}
