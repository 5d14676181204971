/** The policy that a project without one is offered to paste: the permissive licences that nearly every tree needs. */

/** Name of the policy file. */
export const POLICY_FILE = 'depgate.config.json'

/** Content of a minimal policy file. */
export const MINIMAL_POLICY = `{
  "$schema": "./node_modules/depgate/schema/depgate.config.schema.json",
  "licenses": {
    "allow": [
      "MIT",
      "ISC",
      "Apache-2.0",
      "BSD-2-Clause",
      "BSD-3-Clause",
      "0BSD",
      "BlueOak-1.0.0",
      "CC0-1.0",
      "Unlicense",
      "Python-2.0"
    ],
    // What only builds and tests the project, such as Vitest and depgate.
    "scopes": { "dev": { "allow": ["CC-BY-3.0", "CC-BY-4.0", "MPL-2.0"] } }
  }
}
`
