/** The SPDX licence list as the installed packages carry it: every id and every exception, for exact look-up. */
import { createRequire } from 'node:module'

// `require`, because importing JSON prints a warning on Node 20.
const require = createRequire(import.meta.url)

/** Every licence id of the list, the deprecated ones too. */
export const LICENSE_IDS: ReadonlySet<string> = new Set([
  ...texts(require('spdx-license-ids')),
  ...texts(require('spdx-license-ids/deprecated')),
])

/** Every id that may stand after WITH. */
export const EXCEPTION_IDS: ReadonlySet<string> = new Set(texts(require('spdx-exceptions')))

function texts(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : []
}
