/**
 * Judges packages whose licence is hard to tell: node scripts/hard-licenses.mjs <list.json> [folder]
 *
 * The list names packages with the licence that a person found for each. They are installed as aliases of one project
 * (in the folder, if one is given and empty or from an earlier run) and judged under two policies: depgate:permissive
 * and all licences that the OSI approves. A pass where the right answer is not allowed is a false pass; an expression
 * that differs from the right one is wrong; unknown and conflict are doubts. Exit 1 on a false pass or a wrong answer.
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

const cli = resolve(import.meta.dirname, '../dist/cli/main.js')
const cases = JSON.parse(readFileSync(resolve(process.argv[2]), 'utf8'))
const project = process.argv[3] ? resolve(process.argv[3]) : mkdtempSync(join(tmpdir(), 'depgate-hard-'))
const POLICIES = {
  permissive: { extends: 'depgate:permissive' },
  osi: { licenses: { allow: ['group:osi'] } },
}

mkdirSync(project, { recursive: true })
if (!existsSync(join(project, 'node_modules'))) install()
let failures = 0
for (const [name, policy] of Object.entries(POLICIES)) judge(name, policy)
process.exit(failures === 0 ? 0 : 1)

function install() {
  const dependencies = Object.fromEntries(
    cases.map(({ name, version }, index) => [alias(index), `npm:${name}@${version}`]),
  )
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'hard-licenses', private: true, dependencies }),
  )
  execFileSync(
    'npm',
    ['install', '--ignore-scripts', '--legacy-peer-deps', '--force', '--no-audit', '--no-fund'],
    {
      cwd: project,
      stdio: 'ignore',
    },
  )
}

function alias(index) {
  return `c${String(index).padStart(2, '0')}`
}

function judge(title, policy) {
  writeFileSync(join(project, 'depgate.config.json'), JSON.stringify(policy))
  const loaded = loadPolicy({ project })
  if (!loaded.ok) throw new Error(loaded.message)
  const allow = [createAllowSet(loaded.policy.licenses.allow, title)]
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [cli, 'check', '--format', 'json', '--deadline', '5m'],
    { cwd: project, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  )
  if (stdout === '') throw new Error(stderr)
  const packages = new Map(
    JSON.parse(stdout).packages.flatMap((entry) => entry.locations.map((at) => [at, entry])),
  )
  const counts = { exact: 0, doubt: 0, wrong: 0, falsePass: 0, proper: 0 }
  const rows = cases.map((expected, index) => {
    const found = packages.get(`node_modules/${alias(index)}`)
    const right = parseExpression(expected.expected_spdx)
    // What is no expression, or has a licence of its own in it, is right only if it does not pass.
    const isProper =
      right.ok && !expected.expected_spdx.includes('LicenseRef-') && expected.category !== 'contradiction'
    const isAllowed = right.ok && evaluate(right.expression, allow, '').allowed
    const isFalsePass = found?.verdict === 'pass' && !isAllowed
    const answer = found?.license ?? found?.conclusion ?? 'not judged'
    const isExact = found?.license != null && right.ok && sameLicense(found.license, right.expression)
    const isDoubt = found?.license == null
    if (isProper) counts.proper += 1
    if (isProper && isExact) counts.exact += 1
    if (isDoubt) counts.doubt += 1
    const isWrong = !isExact && !isDoubt && right.ok
    if (isWrong) counts.wrong += 1
    if (isFalsePass) counts.falsePass += 1
    return { expected, answer, verdict: found?.verdict, isExact, isWrong, isFalsePass }
  })
  console.log(`\n${title}`)
  for (const { expected, answer, verdict, isExact, isWrong, isFalsePass } of rows) {
    const mark = isFalsePass ? 'FALSE PASS' : isWrong ? 'WRONG' : isExact ? 'exact' : 'doubt'
    const id = `${expected.name}@${expected.version}`
    console.log(
      `  ${mark.padEnd(10)} ${verdict?.padEnd(10)} ${id.padEnd(40)} ${answer}  (${expected.expected_spdx})`,
    )
  }
  const share = Math.floor((1000 * counts.exact) / counts.proper) / 10
  console.log(
    `  ${counts.falsePass} false passes, ${counts.wrong} wrong; exact ${counts.exact} of ${counts.proper} (${share} %), ${counts.doubt} doubts in all`,
  )
  if (counts.falsePass > 0 || share < 90) failures += 1
}

function sameLicense(text, expression) {
  const parsed = parseExpression(text)
  return parsed.ok && expressionKey(parsed.expression) === expressionKey(expression)
}
