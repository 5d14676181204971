/** What the rules about coming releases are written from. */
import type { ForecastEntry } from '#model/audit'
import type { PackageReport } from '#model/run-report'

/** What is coming for one installed package. */
export interface Outlook {
  package: Pick<PackageReport, 'id' | 'name' | 'version' | 'paths'>
  entry: ForecastEntry
  /** The newest release that counts. */
  newest: string
  /** Every release from the first relicensed one on declares the same. */
  lasting: boolean
}
