/** Source files in a folder of their own, and what it takes to parse them in this process. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDisk } from '#disk/disk'
import { loadParser } from '#imports/oxc'
import { openParseCache } from '#imports/parse-cache'
import type { ParseCache } from '#imports/parse-cache'
import { createParseMany } from '#imports/parse-files'
import type { ParsedFiles, ParsePorts } from '#imports/parse-files'
import type { ParseLane } from '#imports/parse-lane'
import { ok } from '#model/outcome'

const loaded = await loadParser()
if (!loaded.ok) throw new Error(loaded.failure.message)

/** The parser itself. */
export const parse = loaded.value

/** A key to seal records with. */
export const SECRET = Buffer.alloc(32, 7)

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'depgate-imports-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files, by path below the folder. */
export function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}

/** A cache whose records lie in `.cache` of a folder. */
export function cacheIn(folder: string, parser = '1.0.0', secret = SECRET): Promise<ParseCache> {
  const disk = { folder: { directory: join(folder, '.cache'), project: folder, secret }, tree: folder }
  return openParseCache({ parser, disk, now: Date.now })
}

/** A lane in this process. */
export function laneHere(): ParseLane {
  return {
    parse: (files) => Promise.resolve(files.map(({ bytes, path, wants }) => parse(bytes, path, wants))),
    close: () => Promise.resolve(),
  }
}

/** Parses files of a folder; all with the lane, unless the ports say otherwise. */
export async function parseIn(
  folder: string,
  paths: readonly string[],
  ports: Partial<ParsePorts> = {},
): Promise<ParsedFiles> {
  const parseMany = createParseMany({
    disk: openDisk(folder),
    cache: ports.cache ?? (await cacheIn(folder)),
    loadParser: () => Promise.resolve(loaded),
    openLane: () => Promise.resolve(ok(laneHere())),
    lanes: 2,
    goOn: () => true,
    ...ports,
  })
  const parsed = await parseMany(paths.map((path) => ({ path, absolute: join(folder, path) })))
  if (!parsed.ok) throw new Error(parsed.failure.message)
  return parsed.value
}
