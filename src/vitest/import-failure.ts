/** The texts with which tests about imports fail. */
import type { UnreadFile } from '#import-graph/unread'
import { count } from '#reporters/coverage'
import { importText } from '#reporters/imports/import-text'
import type { ImportBreach } from '#reporters/imports/import-text'

const STYLE = { width: 100, color: false }

/** What Vitest wants of a matcher. */
export interface ImportMatch {
  pass: boolean
  message: () => string
}

/** Fails with the breaches, or passes where there is none; `lawful` says what `.not` then objects to. */
export function matchOf(
  title: (number: number) => string,
  breaches: readonly ImportBreach[],
  lawful: string,
): ImportMatch {
  const pass = breaches.length === 0
  return {
    pass,
    message: () =>
      pass
        ? `depgate  ${lawful}`
        : importText({ title: title(breaches.length), word: 'violation', breaches }, STYLE),
  }
}

/** Files whose imports are not known: thrown and not answered, so that `.not` cannot make a pass of it. */
export function notKnownText(description: string, files: readonly UnreadFile[]): string {
  const breaches = files.map(({ path, problem: { line, column, message } }) => ({
    file: path,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    message,
  }))
  return importText(
    {
      title: `could not check ${description}: what ${count(files.length, 'file')} import${files.length === 1 ? 's' : ''} is not known`,
      word: 'could not check',
      breaches: breaches.map((breach, at) =>
        at === breaches.length - 1 ? Object.assign(breach, { fix: NOT_KNOWN_FIX }) : breach,
      ),
    },
    STYLE,
  )
}

const NOT_KNOWN_FIX =
  "Mend the file, or take it out: from('src/**', '!src/broken.ts') in the test, imports.ignore in the policy for all."

/** What is said of an import by an expression where it matters. */
export const UNKNOWN_IMPORT = {
  message: 'imports by an expression, so nobody can know what',
  fix: "Write the specifier out, or, once you have read what it may be, allow it in this file: allowingExpressionsIn('src/that-file.ts').",
}
