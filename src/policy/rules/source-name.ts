/** Rule: the lockfile's address is the tarball of another package or version. */
import type { Finding } from '#model/finding'
import { deny } from '../make-finding.ts'
import { about } from '../package-case.ts'
import type { Case } from '../package-case.ts'

/** One finding for each address of another package. */
export function fetchedAsOther({ facts }: Case): Finding[] {
  const { strayTarballs = [], location } = facts
  const lockfile = location?.file ?? 'the lockfile'
  return strayTarballs.map((path) =>
    deny('source-name', 'violation', {
      ...about(facts, path),
      message: `${facts.id} is fetched by ${lockfile} from ${path}, which is another package or version`,
      fix: `Find out who changed it; then remove its entry from ${lockfile} and run npm install.`,
    }),
  )
}
