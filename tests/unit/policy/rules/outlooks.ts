/** What is coming for a package, each with only the differences that a test is about. */
import type { ForecastEntry, LaterRelease } from '#model/audit'
import type { Outlook } from '#policy/outlook'

/** A later major release that declares no licence, and that no update brings. */
export function later(more: Partial<LaterRelease>): LaterRelease {
  return { steps: ['major'], version: '2.0.0', license: null, allowed: false, ...more }
}

/** The outlook of `a` 1.0.0 under MIT, whose newest release is 3.0.0. */
export function outlook(entry: Partial<ForecastEntry>, more: Partial<Outlook> = {}): Outlook {
  return {
    package: { id: 'a@1.0.0', name: 'a', version: '1.0.0', paths: [['app@1.0.0', 'lib@1.0.0', 'a@1.0.0']] },
    entry: {
      package: 'a@1.0.0',
      license: 'MIT',
      relicensed: [],
      safeRange: '^1.0.0',
      newestLacks: [],
      ...entry,
    },
    newest: '3.0.0',
    lasting: false,
    ...more,
  }
}
