/** Lets something be done with a policy that is not written anywhere yet: in a folder of its own, removed afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { POLICY_FILE } from '#config/minimal-policy'

/** Hands over the path of a file with this text. */
export async function withScratchPolicy<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'depgate-init-'))
  try {
    const path = join(folder, POLICY_FILE)
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return await use(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
