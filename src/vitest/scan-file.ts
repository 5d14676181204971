/** Hands a scan from the global set-up to the test files: a file in a folder of its own that nobody else can read. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { SharedScan } from './shared-scan.ts'

/** Writes it, and gives its path; it is too large to be sent to every worker, whether it asks for it or not. */
export function writeScan(shared: SharedScan): string {
  const file = join(mkdtempSync(join(tmpdir(), 'depgate-scan-')), 'scan.json')
  writeFileSync(file, JSON.stringify(shared), { mode: 0o600 })
  return file
}

/** Undefined where it is gone. */
export function readScan(file: string): SharedScan | undefined {
  try {
    const shared: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isShared(shared) ? shared : undefined
  } catch {
    return undefined
  }
}

/** Takes it away with its folder. */
export function removeScan(file: string): void {
  rmSync(dirname(file), { recursive: true, force: true })
}

/** Whether one of these test files speaks of `imports()`; one that cannot be read does not. */
export function askForImports(files: readonly string[]): boolean {
  return files.some((file) => {
    try {
      const text = readFileSync(file, 'utf8')
      return text.includes('depgate/vitest') && /\bimports\s*\(/.test(text)
    } catch {
      return false
    }
  })
}

/** Only this module writes the file: what it is told by is enough. */
function isShared(value: unknown): value is SharedScan {
  return typeof value === 'object' && value !== null && ('scan' in value || 'error' in value)
}
