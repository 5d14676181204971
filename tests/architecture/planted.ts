/** A tree made up for a test, read as the real one is. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { ImportSelection } from 'depgate/vitest'
import { scanProject } from '#scan-project'
import { selectImports } from '#vitest/import-selection'

const ROOT = resolve(import.meta.dirname, '../..')

/** All files of a tree that has depgate's own package.json. */
export async function plantedScan(files: Readonly<Record<string, string>>): Promise<ImportSelection> {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-planted-'))
  try {
    const all = { ...files, 'package.json': readFileSync(join(ROOT, 'package.json'), 'utf8') }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const outcome = await scanProject({ project: folder, cacheDirectory: false, deadline: '1m' })
    if (outcome.kind === 'error') throw new Error(outcome.message)
    return selectImports(() => Promise.resolve(outcome.scan))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
