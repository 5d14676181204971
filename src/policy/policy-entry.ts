/** Tells one entry of a policy from another in findings about the policy itself. */

/** The subject of a finding about an entry: its package spec and whatever else singles it out. */
export function entrySubject(spec: string, rest: readonly string[]): string {
  return [spec, ...rest].join('\n')
}
