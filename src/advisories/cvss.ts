/** Reckons the base score of a CVSS 3.x vector, for sources that give the vector and no word. */
import type { AdvisorySeverity } from '#model/audit'

/** Weights of the specification, section 7.4, by metric and value; PR is heavier where the scope changes. */
const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ['AV:N', 0.85],
  ['AV:A', 0.62],
  ['AV:L', 0.55],
  ['AV:P', 0.2],
  ['AC:L', 0.77],
  ['AC:H', 0.44],
  ['PR:N', 0.85],
  ['PR:L', 0.62],
  ['PR:H', 0.27],
  ['UI:N', 0.85],
  ['UI:R', 0.62],
  ['C:H', 0.56],
  ['C:L', 0.22],
  ['C:N', 0],
  ['I:H', 0.56],
  ['I:L', 0.22],
  ['I:N', 0],
  ['A:H', 0.56],
  ['A:L', 0.22],
  ['A:N', 0],
])
const CHANGED: ReadonlyMap<string, number> = new Map([
  ['PR:L', 0.68],
  ['PR:H', 0.5],
])

/** The base score (0 to 10) of a 3.0 or 3.1 vector; undefined for a vector that is none. */
export function baseScore(vector: string): number | undefined {
  const [head, ...parts] = vector.split('/')
  if ((head !== 'CVSS:3.0' && head !== 'CVSS:3.1') || parts.length > 30) return undefined
  const metrics = new Map(parts.map((part): [string, string] => [part.split(':', 1)[0] ?? '', part]))
  const scope = metrics.get('S')
  if (scope !== 'S:U' && scope !== 'S:C') return undefined
  const weight = (metric: string): number => {
    const part = metrics.get(metric) ?? ''
    return (scope === 'S:C' ? CHANGED.get(part) : undefined) ?? WEIGHTS.get(part) ?? Number.NaN
  }
  const base = 1 - (1 - weight('C')) * (1 - weight('I')) * (1 - weight('A'))
  const impact = scope === 'S:U' ? 6.42 * base : 7.52 * (base - 0.029) - 3.25 * (base - 0.02) ** 15
  const exploitability = 8.22 * weight('AV') * weight('AC') * weight('PR') * weight('UI')
  const sum = impact + exploitability
  if (Number.isNaN(sum)) return undefined
  if (impact <= 0) return 0
  return roundUp(Math.min(scope === 'S:U' ? sum : 1.08 * sum, 10))
}

/** The word for a base score. */
export function severityOfScore(score: number): AdvisorySeverity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  return score >= 4 ? 'moderate' : 'low'
}

/** To one decimal, upwards, as the specification of 3.1 has it: without the errors of floating point. */
function roundUp(value: number): number {
  const whole = Math.round(value * 100_000)
  return whole % 10_000 === 0 ? whole / 100_000 : (Math.floor(whole / 10_000) + 1) / 10
}
