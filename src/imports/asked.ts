/** What is asked of the resolver. */
import type { ImportForm } from '#model/imports'

/** An import, as far as it decides where it leads. */
export interface Asked {
  specifier: string
  form: ImportForm
  typeOnly: boolean
  /** Path of the file below the project. */
  file: string
  /** Of the file; `''` for the project. */
  folder: string
}

/** What TypeScript does not compile: there `./a.js` is what it says, if it is there. */
export function isJavaScript(file: string): boolean {
  return /\.[cm]?jsx?$/i.test(file)
}
