/** An import as it was found: where it stands is still an offset. */
import type { ImportForm } from '#model/imports'

/** An {@link ImportSite} before lines are counted. */
export interface FoundImport {
  /** Null where it is an expression that nobody can know. */
  specifier: string | null
  form: ImportForm
  typeOnly: boolean
  /** As in {@link ImportSite}. */
  mayStay?: true
  /** Of the specifier, in UTF-16 units. */
  offset: number
  /** Only where that was asked for. */
  erased?: true
}
