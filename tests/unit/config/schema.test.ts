import { readFileSync } from 'node:fs'
import { policySchema } from '#config/schema'
import { toJsonSchema } from '@valibot/to-json-schema'
import { expect, test } from 'vitest'

const published: unknown = JSON.parse(
  readFileSync(new URL('../../../schema/depgate.config.schema.json', import.meta.url), 'utf8'),
)

/** Every property of a JSON schema, by its path. */
function properties(schema: unknown, path: string): [string, object][] {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, part]: [string, unknown]) => {
    if (key === 'items') return properties(part, `${path}[]`)
    if (key !== 'properties' || typeof part !== 'object' || part === null) return []
    return Object.entries(part).flatMap(([name, property]: [string, unknown]) => {
      if (typeof property !== 'object' || property === null) return []
      const here = `${path}.${name}`
      return [[here, property] satisfies [string, object]].concat(properties(property, here))
    })
  })
}

test('the published schema is the one that validates', () => {
  const schema = toJsonSchema(policySchema, {
    target: 'draft-07',
    ignoreActions: ['raw_check'],
    typeMode: 'input',
  })
  expect(published).toEqual(schema)
})

test('every key has a description for editors', () => {
  const all = properties(published, '')
  expect(all.map(([path]) => path)).toContain('.licenses.exceptions[].expires')
  expect(all.filter(([, property]) => !('description' in property)).map(([path]) => path)).toEqual([])
})
