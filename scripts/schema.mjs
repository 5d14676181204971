/** Writes the published JSON schema of the policy file from the schema that validates it; `--check` only compares. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { toJsonSchema } from '@valibot/to-json-schema'
import { format, resolveConfig } from 'prettier'
import { policySchema } from '../dist/config/schema.js'

const target = new URL('../schema/depgate.config.schema.json', import.meta.url)

const schema = toJsonSchema(policySchema, {
  target: 'draft-07',
  // What JSON schema cannot say (is this an SPDX id?) is left to depgate itself.
  ignoreActions: ['raw_check'],
  typeMode: 'input',
})
const options = await resolveConfig(target)
const text = await format(JSON.stringify(schema), { ...options, parser: 'json' })

if (process.argv.includes('--check')) {
  if (readText(target) !== text) {
    process.stderr.write(
      'schema/depgate.config.schema.json is not what src/config/schema.ts says: run "npm run schema"\n',
    )
    process.exitCode = 1
  }
} else {
  mkdirSync(new URL('.', target), { recursive: true })
  writeFileSync(target, text)
}

function readText(url) {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return undefined
  }
}
