/** Reading single files: regular ones of bounded size, links only where they are asked for. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAX_FILE_BYTES, readLinkedFile, readRegularFile } from '#disk/safe-read'
import { addFiles, emptyFolder } from '../collectors/project-folder.ts'

test('reads a regular file and nothing else', () => {
  const folder = emptyFolder()
  addFiles(folder, {
    file: 'text',
    link: { link: 'file' },
    folder: null,
    big: 'x'.repeat(MAX_FILE_BYTES + 1),
  })
  execFileSync('mkfifo', [join(folder, 'pipe')])
  const read = (name: string) => readRegularFile(join(folder, name))
  expect(read('file')).toEqual({ ok: true, bytes: Buffer.from('text') })
  expect(read('link')).toEqual({ ok: false, reason: 'link' })
  expect(read('folder')).toEqual({ ok: false, reason: 'not-a-file' })
  expect(read('pipe')).toEqual({ ok: false, reason: 'not-a-file' })
  expect(read('big')).toEqual({ ok: false, reason: 'too-large' })
  expect(read('nothing')).toEqual({ ok: false, reason: 'absent' })
  expect(read('file/below')).toEqual({ ok: false, reason: 'absent' })
  expect(readLinkedFile(join(folder, 'link'))).toEqual({ ok: true, bytes: Buffer.from('text') })
  expect(readLinkedFile(join(folder, 'pipe'))).toEqual({ ok: false, reason: 'not-a-file' })
  expect(readRegularFile('/dev/zero')).toEqual({ ok: false, reason: 'not-a-file' })
})
