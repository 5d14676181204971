/** `depgate except <package>`: writes the exception that a refused package needs into the policy. */
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Finding } from '#model/finding'
import { matchesSpec } from '#model/package-spec'
import type { Exception } from '#model/policy'
import type { PackageReport, RunReport } from '#model/run-report'
import { exceptionExpiry, exceptionIn, exceptionSpec } from '#policy/exception-snippet'
import { display } from '#reporters/display'
import { wrap } from '#reporters/text-layout'
import { findPackages, notFound } from '../find-package.ts'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import {
  isUnfilled,
  openPolicy,
  printEntries,
  tellMissing,
  tellWrongFlags,
  TO_FILL_IN,
  writeEntries,
} from '../policy-entries.ts'
import type { PolicyTarget } from '../policy-entries.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { print, printError, terminalWidth } from '../terminal.ts'

/** Parsed flags of the command. */
export interface ExceptFlags extends Omit<RunFlags, 'format' | 'omit' | 'workspace' | 'output' | 'quiet'> {
  reason?: string
  owner?: string
  expires?: string
  allow?: string[]
  dryRun?: true
}

/** What an exception has to allow, and for which packages. */
interface Needed {
  package: string
  allow: string[]
}

const FLAG_OF = { reason: '--reason', owner: '--owner', expires: '--expires', allow: '--allow' }
/** Findings that an exception can lift. */
const LIFTED = new Set<Finding['rule']>([
  'license-not-allowed',
  'license-conflict',
  'license-unknown',
  'bundled-license-not-allowed',
])

/** Writes it; exit code 2 if words of a person are missing or no exception would help, 3 without a tree or an answer. */
export async function except(wanted: string, flags: ExceptFlags): Promise<ExitCode> {
  const target = await openPolicy(flags)
  if (target === undefined) return EXIT_CODE.usage
  const now = Date.now()
  if (await hasWrongFlags(flags, now)) return EXIT_CODE.usage
  const outcome = await runForTerminal(runOptions(flags, 'except'), {})
  if (outcome.kind !== 'report') return outcome.exitCode
  const { report } = outcome
  const found = findPackages(wanted, report.packages)
  if (found.length === 0) return treeless(wanted, report)
  const needed: Needed[] = []
  for (const entry of found) {
    const need = needOf(entry, report, target, flags, now)
    if ('exitCode' in need) {
      if (found.length > 1 && need.exitCode === EXIT_CODE.pass) continue
      await printError(
        `depgate: ${display(need.message, 1000)}\n${need.fix === undefined ? '' : `  ${need.fix}\n`}`,
      )
      return need.exitCode === EXIT_CODE.pass ? EXIT_CODE.usage : need.exitCode
    }
    await print(describe(entry, need, report.findings))
    needed.push(need)
  }
  if (needed.length === 0) {
    await printError(`depgate: no version of ${display(wanted)} needs an exception\n`)
    return EXIT_CODE.usage
  }
  const { reason = TO_FILL_IN, owner = TO_FILL_IN, expires = exceptionExpiry(now) } = flags
  const entries = merged(needed).map(({ package: spec, allow }) => ({
    package: spec,
    allow,
    reason,
    owner,
    expires,
  }))
  if (entries.some(isUnfilled)) {
    await printEntries(target, 'exceptions', entries)
    if (flags.dryRun === true) return EXIT_CODE.pass
    await tellMissing('add', [
      ...(flags.reason === undefined ? ['--reason "<why it is right>"'] : []),
      ...(flags.owner === undefined ? ['--owner "<who answers for it>"'] : []),
    ])
    return EXIT_CODE.usage
  }
  return writeEntries(target, 'exceptions', entries, { ...flags, wanted })
}

/** Before anything is asked of anybody: the words of the command line. */
async function hasWrongFlags({ reason, owner, expires, allow }: ExceptFlags, now: number): Promise<boolean> {
  const probe = { reason: reason ?? 'x', owner: owner ?? 'x', expires: expires ?? exceptionExpiry(now) }
  if (await tellWrongFlags('exceptions', { package: 'x', allow: allow ?? ['MIT'], ...probe }, FLAG_OF))
    return true
  if (probe.expires >= new Date(now).toISOString().slice(0, 10)) return false
  await printError(
    `depgate: --expires: ${display(probe.expires)} is past; write the last day on which it holds\n`,
  )
  return true
}

async function treeless(wanted: string, { packages, findings }: RunReport): Promise<ExitCode> {
  const stopped = findings.find(({ verdict }) => verdict === 'incomplete')
  if (packages.length > 0 || stopped === undefined) {
    await printError(`depgate: ${notFound(wanted, packages)}\n`)
    return EXIT_CODE.usage
  }
  await printError(`depgate: ${display(stopped.message)}\n${display(stopped.fix ?? '')}\n`)
  return EXIT_CODE.incomplete
}

/** What this package needs, or the sentence that says why it gets none. `pass` stands for one that needs none. */
function needOf(
  entry: PackageReport,
  report: RunReport,
  target: PolicyTarget,
  flags: ExceptFlags,
  now: number,
): Needed | { exitCode: ExitCode; message: string; fix?: string } {
  const about = report.findings.filter((finding) => finding.package === entry.id)
  const open = about.find(({ verdict }) => verdict === 'incomplete')
  if (open !== undefined) return { exitCode: EXIT_CODE.incomplete, message: open.message }
  const refusing = about.filter(({ severity }) => severity === 'deny')
  const liftable = about.filter(({ rule }) => LIFTED.has(rule))
  const denied = refusing.filter(({ rule }) => LIFTED.has(rule))
  const snippets = (denied.length > 0 ? denied : liftable).map(({ fix }) => exceptionIn(fix ?? ''))
  const [first] = snippets
  const lacking = [...new Set(snippets.flatMap((snippet) => snippet?.allow ?? []))]
  const old = ownException(entry, target, now)
  const active = old?.lapsed === false ? old.exception.allow : []
  if (
    denied.length > 0 &&
    (first === undefined || snippets.includes(undefined)) &&
    flags.allow === undefined
  ) {
    return noHelp(entry, denied)
  }
  if (entry.verdict === 'unknown' && lacking.length === 0) return noHelp(entry, refusing)
  if (lacking.length === 0 && flags.allow === undefined && active.length === 0) {
    return {
      exitCode: EXIT_CODE.pass,
      message: `${entry.id} needs no exception: the policy allows ${entry.license ?? 'it'}`,
    }
  }
  const spec = old?.exception.package.text ?? first?.package ?? exceptionSpec(entry)
  if (spec === undefined)
    return { exitCode: EXIT_CODE.usage, message: `${entry.id} has no version that can be named` }
  return { package: spec, allow: flags.allow ?? [...new Set([...active, ...lacking])] }
}

function noHelp(
  { id }: PackageReport,
  findings: Finding[],
): { exitCode: ExitCode; message: string; fix: string } {
  const [finding] = findings
  return {
    exitCode: EXIT_CODE.usage,
    message: `no exception would help: ${finding?.message ?? `the licence of ${id} is unknown`}`,
    fix: `A person has to read what it is first: depgate clarify ${display(id)}`,
  }
}

/** The one exception of the policy's own that names just this package: it is renewed, not joined by another one. */
function ownException(
  { name, version }: PackageReport,
  { policy, file }: PolicyTarget,
  now: number,
): { exception: Exception; lapsed: boolean } | undefined {
  const [exception, ...others] = policy.licenses.exceptions.filter(
    ({ package: spec, location }) =>
      spec.name === name && location.file === file && matchesSpec(spec, name, version),
  )
  if (exception === undefined || others.length > 0) return undefined
  return { exception, lapsed: exception.expires < new Date(now).toISOString().slice(0, 10) }
}

/** Versions that share a spec share an exception. */
function merged(needed: Needed[]): Needed[] {
  const bySpec = new Map<string, Set<string>>()
  for (const { package: spec, allow } of needed) {
    bySpec.set(spec, new Set([...(bySpec.get(spec) ?? []), ...allow]))
  }
  return [...bySpec].map(([spec, allow]) => ({ package: spec, allow: [...allow] }))
}

function describe({ id, license, paths }: PackageReport, { allow }: Needed, findings: Finding[]): string {
  const lines = [
    `${display(id)} is ${display(license ?? 'without a licence')}; the exception allows ${display(allow.join(', '))}.`,
  ]
  for (const { rule, message, severity, package: about } of findings) {
    if (about === id && severity === 'deny' && !LIFTED.has(rule)) {
      lines.push(`It stays refused for another reason, ${rule}: ${display(message)}.`)
    }
  }
  const path = paths[0]?.map((step) => display(step)).join(' > ') ?? ''
  const wrapped = lines.flatMap((line) => wrap(line, terminalWidth()))
  wrapped.push(...wrap(path, terminalWidth() - 2).map((line) => `  ${line}`))
  return `${wrapped.join('\n').trimEnd()}\n`
}
