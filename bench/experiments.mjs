/** What `npm run bench` measures: each experiment gives its figures and the goals they stand for. */
import { advisories } from './experiments/advisories.mjs'
import { audit, auditMemory } from './experiments/audit.mjs'
import { cold, coldMemory, naive } from './experiments/cold.mjs'
import { diff, largeDiff } from './experiments/diff.mjs'
import { fullGrowth, warmGrowth } from './experiments/growth.mjs'
import { imports, importsMemory } from './experiments/imports.mjs'
import { metrics } from './experiments/metrics.mjs'
import { page } from './experiments/page.mjs'
import { partly } from './experiments/partly.mjs'
import { redis } from './experiments/redis.mjs'
import { flat } from './experiments/scale.mjs'
import { texts } from './experiments/texts.mjs'
import { vitestShare } from './experiments/vitest.mjs'
import { shapes, warmCorpus, warmGenerated, warmSmall } from './experiments/warm.mjs'

/**
 * What an experiment works with.
 * @typedef {object} Bench
 * @property {number} runs of each subject
 * @property {(name: string) => string} corpus the folder of an installed project of the corpus
 * @property {(count: number, shape?: keyof import('./tree-shapes.mjs').SHAPES) => string} generated
 * @property {string} trees the folder of all projects that are measured
 * @property {() => string} peers the folder in which the peers are installed
 */

/**
 * What comes of it.
 * @typedef {object} Result
 * @property {string} title
 * @property {number} [packages]
 * @property {import('./together.mjs').Measured[]} [measured]
 * @property {import('./goals.mjs').Goal[]} goals
 * @property {string} [skipped] why it was not measured
 */

/**
 * By id, in the order in which they run. `quick` ones are for CI, `full` ones take minutes.
 * @type {{ id: string, in: 'quick' | 'normal' | 'full', measure: (bench: Bench) => Promise<Result> }[]}
 */
export const EXPERIMENTS = [
  { id: 'warm-p585', in: 'quick', measure: warmSmall },
  { id: 'warm-p2297', in: 'normal', measure: warmCorpus },
  { id: 'warm-4000', in: 'normal', measure: (bench) => warmGenerated(bench, 4000, 0.12) },
  { id: 'warm-10000', in: 'normal', measure: (bench) => warmGenerated(bench, 10_000, 0.1, 512) },
  { id: 'shapes', in: 'normal', measure: shapes },
  { id: 'cold-p585', in: 'quick', measure: (bench) => cold(bench, 'p585-actions-checkout', 20) },
  { id: 'cold-20', in: 'normal', measure: (bench) => cold(bench, 'p2297-ghostfolio', 20) },
  { id: 'cold-50', in: 'normal', measure: (bench) => cold(bench, 'p2297-ghostfolio', 50) },
  { id: 'cold-100', in: 'normal', measure: (bench) => cold(bench, 'p2297-ghostfolio', 100) },
  { id: 'naive', in: 'quick', measure: naive },
  { id: 'partly', in: 'normal', measure: partly },
  { id: 'diff', in: 'normal', measure: diff },
  { id: 'diff-20000', in: 'normal', measure: largeDiff },
  { id: 'redis', in: 'normal', measure: redis },
  { id: 'metrics', in: 'normal', measure: metrics },
  { id: 'page', in: 'normal', measure: page },
  { id: 'texts', in: 'normal', measure: texts },
  { id: 'vitest', in: 'normal', measure: vitestShare },
  { id: 'audit', in: 'normal', measure: audit },
  { id: 'audit-10000', in: 'normal', measure: auditMemory },
  { id: 'advisories', in: 'normal', measure: advisories },
  { id: 'memory-10000', in: 'normal', measure: coldMemory },
  { id: 'growth', in: 'normal', measure: warmGrowth },
  { id: 'growth-refresh', in: 'full', measure: fullGrowth },
  { id: 'imports', in: 'normal', measure: imports },
  { id: 'imports-20000', in: 'normal', measure: importsMemory },
  { id: 'flat', in: 'full', measure: flat },
]
