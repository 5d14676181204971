/** The shape of the parts of a policy file that are about packages and their sources. */
import * as v from 'valibot'
import { DURATION } from './duration.ts'
import { closed, list, packageSpec, reason, severity, text } from './schema-parts.ts'
import { ageProblem, registryProblem } from './value-checks.ts'

const ban = closed({
  package: packageSpec,
  reason,
  use: v.exactOptional(
    v.pipe(
      text(500, () => undefined),
      v.description('What to use instead.'),
    ),
  ),
})

/** Rules about single packages, whatever their licence is. */
export const packages = closed({
  ban: v.exactOptional(v.pipe(list(ban, 2000), v.description('Packages that must not be used.')), []),
  duplicates: severity('More than one version of a package in the tree.', 'off'),
  deprecated: severity('A version its author advises against.', 'warn'),
  relicensed: severity('Only in diff: a version with another licence than the version before.', 'warn'),
  minimumAge: v.exactOptional(
    v.pipe(
      text(32, ageProblem),
      v.metadata({ pattern: `^off$|${DURATION.source}` }),
      v.description('Youngest age that a version must have, such as "3d"; "off" for none.'),
    ),
    'off',
  ),
  licenseText: severity('A package that ships no licence text.', 'warn'),
  bundledLicenses: severity('Parts of others inside a package under a licence that is not allowed.', 'warn'),
})

/** Rules about where packages come from. */
export const sources = closed({
  registries: v.exactOptional(
    v.pipe(
      list(text(500, registryProblem), 100),
      v.minLength(1, 'names no registry'),
      v.description(
        'Registries that packages may come from: "default", a scope ("@acme"), or the base URL of one. Without it, any that is configured.',
      ),
    ),
  ),
  git: severity('A package from a git repository.', 'warn'),
  file: severity('A package from a folder or a file.', 'warn'),
  url: severity('A package from an address that is no registry.', 'warn'),
  integrity: severity('A registry package without an integrity in the lockfile, or with a weak one.', 'warn'),
  addresses: severity(
    'A registry package that the lockfile fetches from another host than its registry, or without TLS.',
    'deny',
  ),
})
