/** What is wrong with a policy file: one entry for each fault, with its place and what to write instead. */

/** One clause about a value, and how to put it right. */
export interface Problem {
  message: string
  /** A whole sentence. */
  fix?: string
}

/** Where a value stands: object keys and array indexes from the outside in. */
export type KeyPath = readonly (string | number)[]

/** One fault of a policy file. */
export interface ConfigError extends Problem {
  /** The policy file as {@link Policy.file} names it. */
  file: string
  /** 1-based; absent where there is no text, as with a policy given as an object. */
  line?: number
  /** 1-based, in UTF-16 units. */
  column?: number
  /** `licenses.allow[3]`; empty for the file as a whole. */
  key: string
}

const PLAIN_KEY = /^[A-Za-z$][A-Za-z0-9$]*$/
const MAX_SHOWN_LENGTH = 80

/** `licenses.allow[3]` for `['licenses', 'allow', 3]`. */
export function printKeyPath(path: KeyPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`
      if (!PLAIN_KEY.test(part)) return `[${quote(part)}]`
      return index === 0 ? part : `.${part}`
    })
    .join('')
}

/** A value out of the file in quotes, cut short, and with nothing in it that a terminal would act upon. */
export function quote(text: string): string {
  const shown = text.length > MAX_SHOWN_LENGTH ? `${text.slice(0, MAX_SHOWN_LENGTH)}…` : text
  return JSON.stringify(shown).replaceAll(
    /[^\u0020-\u007e…]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The faults as text, one or two lines each: `depgate.config.json:12:7  licenses.allow[3]: …` and the fix. */
export function formatConfigErrors(errors: readonly ConfigError[]): string {
  return errors
    .map(({ file, line, column, key, message, fix }) => {
      const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`
      const subject = key === '' ? message : `${key}: ${message}`
      return `${place}  ${subject}${fix === undefined ? '' : `\n  fix: ${fix.replaceAll('\n', '\n  ')}`}`
    })
    .join('\n')
}
