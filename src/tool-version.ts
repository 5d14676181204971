/** Where depgate itself lies, and which version it is. */
import { createRequire } from 'node:module'
import { dirname } from 'node:path'

// By its own name, because a module does not know how deep in the package the build put it.
const MANIFEST = 'depgate/package.json'
const require = createRequire(import.meta.url)
const manifest: unknown = require(MANIFEST)

/** Absolute path of depgate's own folder. */
export const TOOL_FOLDER = dirname(require.resolve(MANIFEST))

/** Version as in package.json. */
export const TOOL_VERSION: string =
  typeof manifest === 'object' &&
  manifest !== null &&
  'version' in manifest &&
  typeof manifest.version === 'string'
    ? manifest.version
    : '0.0.0'
