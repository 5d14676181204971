/** Rule: a source file of which nobody knows what it imports. */
import type { Finding } from '#model/finding'
import type { SourceProblem } from '#model/imports'
import type { Failure } from '#model/outcome'
import type { ImportCase } from '../imports/import-case.ts'
import { placeOfProblem } from '../imports/import-words.ts'
import { deny, warn } from '../make-finding.ts'

/** What the next run may find otherwise although nobody has changed the file. */
const MAY_PASS: ReadonlySet<SourceProblem['code']> = new Set(['unreadable', 'changed-meanwhile'])

/** One finding for each such file: nothing that a rule says holds for what it imports. */
export function unreadableFiles({ graph, rules }: ImportCase): Finding[] {
  return graph.files.flatMap(({ path, problem }) => {
    if (problem === undefined) return []
    const { code, message } = problem
    const matter = {
      subject: path,
      message: `nobody knows what ${path} imports: ${asClause(message)}`,
      fix: 'Correct the file, or leave it out with imports.ignore if it is no source of the project.',
      location: placeOfProblem(path, problem),
    }
    if (rules.unreadable === 'warn') return [warn('import-unreadable', matter)]
    return [deny('import-unreadable', MAY_PASS.has(code) ? 'incomplete' : 'unknown', matter)]
  })
}

/** What is said where nothing at all is known of the project's imports. */
export function unreadableProject({ message, fix, details }: Failure): Finding {
  return deny('import-unreadable', 'incomplete', {
    subject: '',
    message: `nobody knows what the project imports: ${asClause(message)}`,
    fix,
    details,
  })
}

/** A sentence as the end of another one. */
function asClause(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '')
}
