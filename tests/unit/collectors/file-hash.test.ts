/** Hashes for clarifications: of a file inside the package and of nothing else. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashPackageFile } from '#collectors/file-hash'
import { openDisk } from '#disk/disk'
import { MAX_FILE_BYTES } from '#disk/safe-read'
import { makeProject } from './project-folder.ts'

test('hashes a file inside a package, and no other', () => {
  const project = makeProject({
    secret: 'secret',
    'node_modules/a/LICENSE': 'MIT',
    'node_modules/a/docs/l': 'MIT',
    'node_modules/a/inner': { link: 'LICENSE' },
    'node_modules/a/outer': { link: '../../secret' },
    'node_modules/a/passwd': { link: '/etc/passwd' },
    'node_modules/a/big': 'x'.repeat(MAX_FILE_BYTES + 1),
    'node_modules/out': { link: '/etc' },
  })
  execFileSync('mkfifo', [join(project, 'node_modules/a/pipe')])
  const hash = (file: string, location = 'node_modules/a') =>
    hashPackageFile(openDisk(project), project, location, file)
  expect(hash('LICENSE')).toEqual({
    ok: true,
    value: 'e5dcffe836b6ec8a58e492419b550e65fb8cbdc308503979e5dacb33ac7ea3b7',
  })
  expect(hash('docs/l')).toEqual(hash('LICENSE'))
  expect(hash('inner')).toEqual(hash('LICENSE'))
  for (const file of ['outer', 'passwd', '../../secret', '/etc/passwd', '..', '', 'a\\b']) {
    expect(hash(file), file).toMatchObject({ ok: false, failure: { code: 'outside-project' } })
  }
  expect(hash('passwd', 'node_modules/out')).toMatchObject({
    ok: false,
    failure: { code: 'outside-project' },
  })
  expect(hash('x', '../..')).toMatchObject({ ok: false, failure: { code: 'outside-project' } })
  for (const file of ['nothing', 'docs', 'pipe']) {
    expect(hash(file), file).toMatchObject({ ok: false, failure: { code: 'not-found' } })
  }
  expect(hash('big')).toMatchObject({ ok: false, failure: { code: 'too-large' } })
})
