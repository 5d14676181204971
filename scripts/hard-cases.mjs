/**
 * Packages whose licence is hard to tell: one project with all of them, what depgate makes of it under two policies, and
 * how any tool's answers are counted. Shared by hard-licenses.mjs and peers.mjs.
 *
 * An answer that passes where the right one is not allowed is a false pass; a licence other than the right one is wrong;
 * no licence (unknown, a conflict, a guess) is a doubt.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createAllowSet } from '../dist/license/allow-set.js'
import { evaluate } from '../dist/license/evaluate.js'
import { expressionKey } from '../dist/license/expression-key.js'
import { parseExpression } from '../dist/license/expression.js'
import { loadPolicy } from '../dist/config/load.js'

const cli = resolve(import.meta.dirname, '../dist/bundle/depgate.js')
const LIST = resolve(import.meta.dirname, '../fixtures/licenses/hard-licenses.json')

/** Under which the packages are judged. */
export const POLICIES = {
  permissive: { extends: 'depgate:permissive' },
  osi: { licenses: { allow: ['group:osi'] } },
}

/** The list (our own unless one is named), and the project with each package as an alias: made in the folder unless an earlier run did. */
export function prepareCases(listFile, folder) {
  const cases = JSON.parse(readFileSync(resolve(listFile ?? LIST), 'utf8'))
  const project = folder ? resolve(folder) : mkdtempSync(join(tmpdir(), 'depgate-hard-'))
  mkdirSync(project, { recursive: true })
  if (!existsSync(join(project, 'node_modules'))) install(cases, project)
  return { cases, project }
}

function install(cases, project) {
  const dependencies = Object.fromEntries(
    cases.map(({ name, version }, index) => [aliasOf(index), `npm:${name}@${version}`]),
  )
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'hard-licenses', private: true, dependencies }),
  )
  execFileSync(
    'npm',
    ['install', '--ignore-scripts', '--legacy-peer-deps', '--force', '--no-audit', '--no-fund'],
    { cwd: project, stdio: 'ignore' },
  )
}

/** The name under which a package is installed. */
export function aliasOf(index) {
  return `c${String(index).padStart(2, '0')}`
}

/** Writes the policy into the project; gives the ids that it allows. */
export function setPolicy(project, policy) {
  writeFileSync(join(project, 'depgate.config.json'), JSON.stringify(policy))
  const loaded = loadPolicy({ project })
  if (!loaded.ok) throw new Error(loaded.message)
  return loaded.policy.licenses.allow
}

/** What depgate answers for each case under the policy in the project: `{ passes, license, answer, verdict }`. */
export function askDepgate(cases, project) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'check', '--format', 'json', '--deadline', '5m'],
    { cwd: project, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  if (stdout === '') throw new Error(stderr)
  const packages = new Map(
    JSON.parse(stdout).packages.flatMap((entry) => entry.locations.map((at) => [at, entry])),
  )
  return cases.map((_entry, index) => {
    const found = packages.get(`node_modules/${aliasOf(index)}`)
    const verdict = found?.verdict ?? 'not judged'
    const license = found?.license ?? null
    return { passes: verdict === 'pass', license, answer: license ?? found?.conclusion ?? '', verdict }
  })
}

/** Counts answers; a `license` that is null or no SPDX expression is a doubt. `allow` has the ids of the policy. */
export function countAnswers(cases, answers, allow) {
  const sets = [createAllowSet(allow, 'allowed')]
  const counts = { falsePass: 0, needless: 0, exact: 0, doubt: 0, wrong: 0, proper: 0, properExact: 0 }
  const rows = cases.map((expected, index) => {
    const { passes, license, answer, verdict } = answers[index]
    const right = parseExpression(expected.expected_spdx)
    const said = typeof license === 'string' ? parseExpression(license) : { ok: false }
    // What is no expression, or has a licence of its own in it, is right only if it does not pass.
    const isProper =
      right.ok && !expected.expected_spdx.includes('LicenseRef-') && expected.category !== 'contradiction'
    const isAllowed = right.ok && evaluate(right.expression, sets, '').allowed
    const isExact = said.ok && right.ok && expressionKey(said.expression) === expressionKey(right.expression)
    const isFalsePass = passes && !isAllowed
    const mark = isExact ? 'exact' : said.ok ? 'wrong' : 'doubt'
    counts[mark] += 1
    if (isProper) counts.proper += 1
    if (isProper && isExact) counts.properExact += 1
    if (isFalsePass) counts.falsePass += 1
    if (isAllowed && !passes) counts.needless += 1
    return { expected, answer, verdict, mark, isFalsePass }
  })
  return { counts, rows }
}
