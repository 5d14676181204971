/** Parsing as a run opens it: known files need no process, and another selection of files has a record of its own. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDisk } from '#disk/disk'
import { openParsing } from '#imports/open-parsing'
import type { ParsedFiles } from '#imports/parse-files'
import { fail } from '#model/outcome'
import { SECRET, temporaryFolder, write } from './project-files.ts'

async function parsed(folder: string, tree: string, isKept = true): Promise<ParsedFiles> {
  const sealed = { directory: join(folder, '.cache'), project: folder, secret: SECRET }
  const parseMany = await openParsing({
    disk: openDisk(folder),
    tree,
    folder: isKept ? sealed : undefined,
    openLane: () => Promise.resolve(fail('parser-missing', 'Nothing here needs one.')),
    now: Date.now,
    goOn: () => true,
  })
  if (!parseMany.ok) throw new Error(parseMany.failure.message)
  const outcome = await parseMany.value([{ path: 'a.ts', absolute: join(folder, 'a.ts') }])
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

test('what one scan learns the next one knows, whichever files it is about', async () => {
  const folder = temporaryFolder()
  write(folder, { 'a.ts': `import 'x'` })
  expect((await parsed(folder, 'all')).statistics).toMatchObject({ parsed: 1, disk: 0 })
  expect((await parsed(folder, 'all')).statistics).toMatchObject({ parsed: 0, disk: 1 })
  expect((await parsed(folder, 'some')).statistics).toMatchObject({ parsed: 0, disk: 1 })
})

test('without a place for records each scan parses', async () => {
  const folder = temporaryFolder()
  write(folder, { 'a.ts': `import 'x'` })
  await parsed(folder, 'all', false)
  const { files, statistics } = await parsed(folder, 'all', false)
  expect(statistics).toMatchObject({ parsed: 1, disk: 0 })
  expect(files[0]?.parsed).toMatchObject({ imports: [{ specifier: 'x' }] })
})
