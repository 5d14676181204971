/** What keys of other tools are called here, for people who know those: cargo-deny above all. */

/** A fix for a key of another tool where `known` are the keys; undefined for one that is nobody's, or means nothing here. */
export function foreignKeyFix(key: string, known: readonly string[]): string | undefined {
  const fix = FIXES.get(key)
  const [, here] = /^Write "(\w+)"[.:]/.exec(fix ?? '') ?? []
  return here === undefined || known.includes(here) ? fix : undefined
}

const FIXES: ReadonlyMap<string, string> = new Map([
  // cargo-deny
  ['crate', 'Write "package": a name, "name@range" or "@scope/*".'],
  ['name', 'Write "package": a name, "name@range" or "@scope/*".'],
  ['expression', 'Write "license".'],
  ['license-files', 'Write "files": a list of "file" and "sha256".'],
  ['path', 'Write "file".'],
  ['hash', 'Write "sha256".'],
  ['bans', 'Write "packages": bans and duplicates are rules about packages.'],
  ['multiple-versions', 'Write "duplicates".'],
  ['deny', 'Only what "allow" names is let through; "packages.ban" refuses packages.'],
  ['use-instead', 'Write "use".'],
  ['allow-registry', 'Write "registries".'],
  ['unknown-registry', 'Write "registries": a registry that it does not name is refused.'],
  ['unknown-git', 'Write "git".'],
  ['allow-git', 'Write "git": packages from git are allowed or refused as a whole.'],
  ['private', '"firstParty" at the top of the file names your own packages.'],
  ['confidence-threshold', 'Remove it: a text counts only if every word of it is accounted for.'],
  ['unused-allowed-license', 'Remove it: unused entries are always shown, and fail nothing.'],
  ['unlicensed', 'Remove it: what has no licence is never let through.'],
  ['copyleft', 'Remove it: only what "allow" names is let through.'],
  ['allow-osi-fsf-free', 'Write "group:osi" into "allow".'],
  // license-checker, licensee, license-compliance, dependency-review-action
  ['onlyAllow', 'Write "allow" under "licenses"; depgate init --import reads license-checker\'s flags.'],
  ['failOn', 'Only what "allow" names is let through; depgate init --import reads license-checker\'s flags.'],
  ['spdx', 'Write "allow"; depgate init --import reads .licensee.json.'],
  ['blueOak', 'Write "group:permissive" into "allow"; depgate init --import reads .licensee.json.'],
  ['osi', 'Write "group:osi" into "allow"; depgate init --import reads .licensee.json.'],
  ['exclude', 'Write an exception with the licence that is allowed; depgate init --import does.'],
  ['allow-licenses', 'Write "allow" under "licenses"; depgate init --import reads this file.'],
  ['deny-licenses', 'Only what "allow" names is let through; depgate init --import reads this file.'],
])
