/** Parses the text of a lockfile, and says by file and line what keeps it from being one. */
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'
import { isRecord, parseJsonText } from './json-text.ts'

// A marker stands at the start of a line; no line of JSON begins with one.
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?: |\r?$)/m

/** The failure `lockfile-unreadable` for a file; `problem` is the rest of the sentence that begins with its name. */
export function lockfileRefusal(file: string, problem: string): ReturnType<typeof fail> {
  return fail('lockfile-unreadable', `${file} ${problem}.`, {
    fix: `Restore ${file} from version control, or write it anew with \`npm install --package-lock-only\`.`,
  })
}

/** The object that a lockfile holds; binary data, merge conflicts and a file that was cut are named as such. */
export function parseLockfileText(text: string, file: string): Outcome<Record<string, unknown>> {
  const parsed = parseJsonText(text)
  if (parsed.ok) {
    return isRecord(parsed.value) ? ok(parsed.value) : lockfileRefusal(file, 'is not a JSON object (line 1)')
  }
  const binary = text.indexOf('\0')
  if (binary !== -1) return lockfileRefusal(file, `holds binary data in line ${lineAt(text, binary)}`)
  const conflict = CONFLICT.exec(text)
  if (conflict)
    return lockfileRefusal(file, `has merge conflict markers in line ${lineAt(text, conflict.index)}`)
  const { line, column } = parsed
  if (text.trim() === '') return lockfileRefusal(file, 'is empty (line 1)')
  if (isEnd(text, line, column)) return lockfileRefusal(file, `is cut off: it ends in line ${line}`)
  return lockfileRefusal(file, `is not JSON: mistake in line ${line}, column ${column}`)
}

/** The line, 1-based, of an offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function isEnd(text: string, line: number, column: number): boolean {
  const lines = text.split('\n')
  const rest = [(lines[line - 1] ?? '').slice(column - 1), ...lines.slice(line)]
  // A text that is cut leaves an open quotation as the first mistake, and nothing but that after it.
  return rest.length === 1 ? /^(?:"[^"]*)?$/.test(rest[0] ?? '') : rest.every((part) => part.trim() === '')
}
