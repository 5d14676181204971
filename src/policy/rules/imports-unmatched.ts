/** Rule: globs of the policy's imports that mean no file. */
import { matchesGlob } from '#model/glob'
import type { Finding, Location } from '#model/finding'
import type { ImportCase } from '../imports/import-case.ts'
import { deny } from '../make-finding.ts'

/** One finding for each list of globs that means nothing: a rule that looks at no file can only pass. */
export function unmatchedGlobs({ graph, rules, ships }: ImportCase): Finding[] {
  const paths = graph.files.map(({ path }) => path)
  const meansNone = (globs: readonly string[]): boolean => globs.length > 0 && !paths.some(matchesGlob(globs))
  const whole = rules.files.length > 0 && paths.length === 0
  if (whole) return [unmatched('files', 'imports.files means no source file', rules.location)]
  return [
    ...(ships.hasStart
      ? []
      : [
          unmatched(
            'production',
            'imports.production means no source file, so nothing would ship',
            rules.location,
          ),
        ]),
    ...rules.layers
      .filter(({ files }) => meansNone(files))
      .map(({ name, location }) =>
        unmatched(`layers.${name}`, `the layer ${name} holds no source file`, location),
      ),
    ...rules.ban
      .filter((ban) => meansNone(ban.in))
      .map((ban) =>
        unmatched(
          `ban\n${ban.import}\n${ban.in.join('\n')}`,
          `the ban of ${ban.import} means no source file`,
          ban.location,
        ),
      ),
  ]
}

function unmatched(subject: string, message: string, location: Location): Finding {
  return deny('imports-unmatched', 'violation', {
    subject,
    message,
    fix: 'Correct the globs, or remove the entry.',
    location,
  })
}
