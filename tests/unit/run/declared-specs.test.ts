import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { createDeclaredSpecs, readOverrides } from '../../../src/run/declared-specs.ts'

const edge = (to: string, spec: string) => ({ from: '', to, name: 'x', spec, kind: 'production' as const })

const EDGES = [
  edge('node_modules/a', '^1.0.0'),
  edge('node_modules/a', 'npm:a@~1.0.0'),
  edge('node_modules/a', '^1.0.0'),
  edge('node_modules/a', 'github:acme/a'),
  edge('node_modules/a', 'file:../a'),
  edge('node_modules/b/node_modules/a', 'latest'),
  edge('node_modules/b', '*'),
]

function specsWith(manifest: string | undefined, version = '1.0.5'): string[] {
  const project = mkdtempSync(join(tmpdir(), 'depgate-specs-'))
  try {
    if (manifest !== undefined) writeFileSync(join(project, 'package.json'), manifest)
    const overrides = readOverrides(openDisk(project), project)
    const locations = ['node_modules/a', 'node_modules/b/node_modules/a']
    return createDeclaredSpecs({ edges: EDGES }, overrides)({ name: 'a', version, locations })
  } finally {
    rmSync(project, { recursive: true })
  }
}

const DECLARED = ['^1.0.0', '~1.0.0', 'latest']

test.each([
  ['what is declared, each once', '{}', DECLARED],
  ['an override in its place', '{"overrides":{"a":"^1.0.5"}}', ['^1.0.5']],
  ['one for some versions', '{"overrides":{"a@^1":"npm:a@1.0.5"}}', ['1.0.5']],
  ['one below a package', '{"overrides":{"b":{".":"*","a":"~1.0.5"}}}', ['~1.0.5']],
  ['one that refers to the root', '{"dependencies":{"a":"~1.0.4"},"overrides":{"a":"$a"}}', ['~1.0.4']],
  ['not one for other places', '{"overrides":{"b":{"a":"^2"}}}', DECLARED],
  ['not one that leads elsewhere', '{"overrides":{"a":"github:acme/a"}}', DECLARED],
  ['not one of another package', '{"overrides":{"b":"1.0.5"}}', DECLARED],
  ['not what nobody can read', '{"overrides":[1,{"a":2}]', DECLARED],
  ['nothing where there is no package.json', undefined, DECLARED],
])('%s', (_, manifest, specs) => {
  expect(specsWith(manifest)).toEqual(specs)
})
