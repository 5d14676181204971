/** Turns the raw content of a policy file into a policy, or into the list of everything that is wrong with it. */
import type { Policy } from '#model/policy'
import { checkShape, errorAt } from './check-shape.ts'
import type { PolicySource } from './check-shape.ts'
import type { ConfigError } from './config-error.ts'
import { policySchema } from './schema.ts'
import { toPolicy } from './to-policy.ts'

export type { PolicySource } from './check-shape.ts'

/** A policy, or every fault that was found. */
export type ValidatedPolicy = { ok: true; policy: Policy } | { ok: false; errors: ConfigError[] }

/** Checks raw content wholly and fills in the defaults. Never throws, whatever the content is. */
export function validatePolicy(raw: unknown, source: PolicySource): ValidatedPolicy {
  const checked = checkShape(policySchema, raw, source)
  if (!checked.ok) return checked
  if (checked.output.extends === undefined) return { ok: true, policy: toPolicy(checked.output, source) }
  // What it stands for is not in the content: to go on would be to judge by half a policy.
  return { ok: false, errors: [errorAt(['extends'], { message: 'was not looked up' }, source)] }
}
