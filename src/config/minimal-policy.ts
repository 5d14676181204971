/** The policy that a project without one is offered to paste: what nearly every tree needs, and nothing that binds it. */

/** Name of the policy file. */
export const POLICY_FILE = 'depgate.config.json'

/** Content of a minimal policy file. */
export const MINIMAL_POLICY = `{
  "$schema": "./node_modules/depgate/schema/depgate.config.schema.json",
  // MIT, ISC, Apache-2.0, BSD and the like; no copyleft.
  "extends": "depgate:permissive",
  "licenses": {
    // What only builds and tests the project, such as Vitest (MPL-2.0) and depgate (CC-BY-3.0).
    "scopes": { "dev": { "allow": ["group:weak-copyleft", "group:content"] } }
  }
}
`
