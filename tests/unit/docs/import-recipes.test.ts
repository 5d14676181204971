/** docs/imports.md shows the very files that run in tests/integration/import-recipes.test.ts. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { BREAKS } from '../../support/recipe-shop.ts'

const DOCS = resolve(import.meta.dirname, '../../../docs')
const page = readFileSync(join(DOCS, 'imports.md'), 'utf8')
const files = readdirSync(join(DOCS, 'recipes'))

test('there are ten recipes, and for each one what breaks it', () => {
  expect(files).toHaveLength(10)
  expect(files.map((file) => file.replace('.test.ts', '')).toSorted()).toEqual(Object.keys(BREAKS).toSorted())
})

test.each(files)('the page shows %s as it is', (file) => {
  expect(page).toContain(`\`\`\`ts\n// ${file}\n${readFileSync(join(DOCS, 'recipes', file), 'utf8')}\`\`\``)
})
