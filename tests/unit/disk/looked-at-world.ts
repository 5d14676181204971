/** A folder that is looked at in every way, and everything that may change in it. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Disk, Looks } from '#disk/disk'
import { addFiles, emptyFolder } from '../collectors/project-folder.ts'

/** Looks at a folder in every way there is. */
export function lookAround(disk: Disk, folder: string): Looks {
  disk.realPath(folder)
  for (const name of disk.names(folder) ?? []) {
    const path = join(folder, name)
    disk.file(path, 1000)
    disk.linkedFile(path)
    disk.beginning(path, 1000)
    disk.sum(path, 1000)
    disk.kind(path)
    disk.realPath(path)
  }
  disk.kind(join(folder, 'nothing'))
  disk.file(join(folder, 'nothing'))
  disk.places(join(folder, 'folder'))
  disk.folders(join(folder, 'folder'))
  disk.places(join(folder, 'file'))
  disk.entries(join(folder, 'folder/sub'))
  return disk.looks()
}

/** Files of all kinds. */
export function world(): string {
  const folder = emptyFolder()
  addFiles(folder, {
    file: 'text',
    other: 'text',
    empty: '',
    large: 'x'.repeat(1001),
    'just-right': 'x'.repeat(1000),
    'folder/inner': 'text',
    'folder/.dot': 'text',
    'folder/sub/x': '',
    link: { link: 'file' },
    nowhere: { link: 'missing' },
  })
  execFileSync('mkfifo', [join(folder, 'pipe')])
  return folder
}

/** One change each that a look notices. */
export const CHANGES: [name: string, change: (folder: string) => void][] = [
  [
    'a letter, and the time of the file set back',
    (folder) => {
      const { atime, mtime } = statSync(join(folder, 'file'))
      writeFileSync(join(folder, 'file'), 'tExt')
      utimesSync(join(folder, 'file'), atime, mtime)
    },
  ],
  ['a letter', (folder) => writeFileSync(join(folder, 'file'), 'tExt')],
  ['a name with a dot', (folder) => writeFileSync(join(folder, 'folder/sub/.new'), '')],
  [
    'two files swapped',
    (folder) => {
      writeFileSync(join(folder, 'file'), 'a')
      writeFileSync(join(folder, 'other'), 'b')
    },
  ],
  [
    'an empty file that is a pipe now',
    (folder) => {
      rmSync(join(folder, 'empty'))
      execFileSync('mkfifo', [join(folder, 'empty')])
    },
  ],
  [
    'a pipe that is an empty file now',
    (folder) => {
      rmSync(join(folder, 'pipe'))
      writeFileSync(join(folder, 'pipe'), '')
    },
  ],
  ['a file that is too large now', (folder) => writeFileSync(join(folder, 'just-right'), 'x'.repeat(1001))],
  [
    'a file that is a link to its own text',
    (folder) => {
      renameSync(join(folder, 'file'), join(folder, 'moved'))
      symlinkSync('moved', join(folder, 'file'))
    },
  ],
  [
    'a link that leads elsewhere',
    (folder) => {
      rmSync(join(folder, 'link'))
      symlinkSync('other', join(folder, 'link'))
    },
  ],
  ['a link that leads somewhere at last', (folder) => writeFileSync(join(folder, 'missing'), '')],
  ['a file that was not there', (folder) => writeFileSync(join(folder, 'nothing'), '')],
  ['a folder more', (folder) => mkdirSync(join(folder, 'folder/more'))],
  [
    'a folder that is a file now',
    (folder) => {
      rmSync(join(folder, 'folder/sub'), { recursive: true })
      writeFileSync(join(folder, 'folder/sub'), '')
    },
  ],
]
