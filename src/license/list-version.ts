/** Which edition of the SPDX licence list a run was judged by. */
import { createRequire } from 'node:module'

const list: unknown = createRequire(import.meta.url)('spdx-license-ids/package.json')

/** Package and version the licence ids came from: `spdx-license-ids 3.0.24`. */
export const LICENSE_LIST = `spdx-license-ids ${versionOf(list)}`

function versionOf(manifest: unknown): string {
  if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return 'unknown'
  return typeof manifest.version === 'string' ? manifest.version : 'unknown'
}
