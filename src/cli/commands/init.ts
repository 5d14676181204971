/** `depgate init`: looks at the project and writes a policy that is true today, a test, a script and a workflow. */
import { join, resolve } from 'node:path'
import { combinePeers } from '#adopt/import/combine'
import { findPeers } from '#adopt/import/find-peers'
import type { Imported, Peer } from '#adopt/import/imported'
import { policyText } from '#adopt/policy-text'
import { BASIC, propose } from '#adopt/proposal'
import type { Proposal } from '#adopt/proposal'
import { TEST_FILE, TEST_SCRIPT, TEST_TEXT, workflowFile } from '#adopt/templates'
import type { WorkflowType } from '#adopt/templates'
import { BASELINE_FILE, printBaseline } from '#config/baseline-file'
import { loadPolicy } from '#config/load'
import { POLICY_FILE } from '#config/minimal-policy'
import { readForEdit } from '#config/write-policy'
import { openDisk } from '#disk/disk'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Finding } from '#model/finding'
import type { RunReport } from '#model/run-report'
import { entriesFor, sortDenials } from '#policy/grow-baseline'
import { count } from '#reporters/coverage'
import { TOOL_VERSION } from '../../tool-version.ts'
import { contentLines, doubtLines, lostLines, nextLines, refusedLines, stepLines } from '../init-text.ts'
import { newFile, newScript } from '../new-files.ts'
import type { FileStep } from '../new-files.ts'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { withScratchPolicy } from '../scratch-policy.ts'
import { print, printError, terminalWidth } from '../terminal.ts'

/** Parsed flags of the command. */
export interface InitFlags extends Omit<
  RunFlags,
  'format' | 'omit' | 'workspace' | 'output' | 'quiet' | 'config'
> {
  /** True where it is to be found. */
  import?: string | true
  workflow?: WorkflowType
  dryRun?: true
}

/** Nobody waits at a gate for this run. */
const PATIENT = '5m'
const FOUND_BY_INIT = 'there when depgate was set up; not decided yet'

/** Either is a tree that can be judged without an installation. */
const LOCKFILES = ['package-lock.json', 'npm-shrinkwrap.json']

/** What is proposed, and what it comes to. */
interface Draft {
  proposal: Proposal
  imported?: Imported
  text: string
  /** Findings that the baseline is to know, as its text; undefined where there are none. */
  baseline?: { text: string; entries: number }
  refused: Finding[]
  /** Why the proposal does not rest on what is installed, if it does not. */
  blind?: string
}

/** Sets up; exit code 1 if something is left that fails, 2 if nothing can be done here. */
export async function init(flags: InitFlags): Promise<ExitCode> {
  const project = resolve(flags.project)
  const manifest = readForEdit(join(project, 'package.json'))
  if (!manifest.ok) return refuse(`package.json ${manifest.problem.message}; npm init makes one`)
  const loaded = loadPolicy({ project })
  if (!loaded.ok && !loaded.absent) return refuse(loaded.message)
  const found = flags.import === undefined ? undefined : await peersFor(project, flags.import)
  if (typeof found === 'string') return refuse(found)

  const dryRun = flags.dryRun === true
  const steps: FileStep[] = []
  const draft = loaded.ok ? undefined : await draftFor(project, flags, found ?? [])
  if (typeof draft === 'number') return draft
  if (draft === undefined) {
    const file = loaded.ok ? loaded.policy.file : POLICY_FILE
    const note = found === undefined ? '' : '; to import into it, move it away first'
    steps.push({ path: file, state: 'there', note: `is there already, and is left as it is${note}` })
  } else {
    steps.push(newFile(project, { path: POLICY_FILE, text: draft.text, note: policyNote(draft) }, dryRun))
    if (draft.baseline !== undefined) {
      const { text, entries } = draft.baseline
      const note = `knows ${count(entries, 'finding')} until you have decided`
      steps.push(newFile(project, { path: BASELINE_FILE, text, note }, dryRun))
    }
  }
  steps.push(newFile(project, { path: TEST_FILE, text: TEST_TEXT, note: 'the architecture test' }, dryRun))
  steps.push(newScript(manifest.policy, dryRun))
  const workflow = flags.workflow && workflowFile(flags.workflow, TOOL_VERSION)
  if (workflow) steps.push(newFile(project, { ...workflow, note: 'the gate for changes' }, dryRun))

  const failed = steps.some(({ state }) => state === 'failed')
  const width = terminalWidth()
  const lines = [
    ...(dryRun ? ['Nothing is written (--dry-run).', ''] : []),
    ...stepLines(steps, width),
    ...(draft?.imported === undefined ? [] : lostLines(draft.imported, width)),
    ...(draft === undefined
      ? []
      : [...doubtLines(draft.proposal, width), ...refusedLines(draft.refused, width)]),
    ...(dryRun ? contentLines(steps) : []),
    ...nextLines(nextSteps(project, draft, workflow?.next)),
  ]
  await print(`${lines.join('\n')}\n`)
  if (failed) return EXIT_CODE.usage
  return (draft?.refused.length ?? 0) > 0 ? EXIT_CODE.violation : EXIT_CODE.pass
}

async function peersFor(project: string, wanted: string | true): Promise<Peer[] | string> {
  const { peers, problems } = await findPeers(
    openDisk(project),
    project,
    wanted === true ? undefined : resolve(wanted),
  )
  if (peers.length > 0 && problems.length === 0) return peers
  if (problems.length > 0) return problems.join('\n')
  return 'there is no configuration to import: neither of license-checker, licensee, license-compliance nor of dependency-review-action; --import <file> names one'
}

async function draftFor(project: string, flags: InitFlags, peers: Peer[]): Promise<Draft | ExitCode> {
  const options = { ...runOptions({ ...flags, project }, 'init'), deadline: flags.deadline ?? PATIENT }
  const hasTree = ['node_modules', ...LOCKFILES].some((name) => isThere(project, name))
  let packages: RunReport['packages'] = []
  let blind = hasTree ? undefined : 'nothing is installed here'
  if (hasTree) {
    const seen = await runForTerminal({ ...options, policyOptional: true }, flags)
    if (seen.kind !== 'report') return seen.exitCode
    packages = seen.report.packages
    const open = seen.report.findings.find(({ verdict }) => verdict === 'incomplete')
    if (open !== undefined) blind = open.message
  }
  const combined = peers.length === 0 ? undefined : combinePeers(peers, packages, Date.now())
  const proposal = propose(packages, combined?.lists ?? BASIC)
  const text = policyText(proposal, combined?.imported)
  const draft: Draft = {
    proposal,
    text,
    refused: [],
    ...(combined && { imported: combined.imported }),
    ...(blind !== undefined && { blind }),
  }
  if (blind !== undefined) return draft
  return withScratchPolicy(text, async (config) => {
    const judged = await runForTerminal({ ...options, config }, flags)
    if (judged.kind !== 'report') return judged.exitCode
    const { knowable, others } = sortDenials(judged.report.findings)
    const named = new Set(proposal.candidates.flatMap((candidate) => candidate.packages))
    const ids = knowable.flatMap(({ findings }) => findings.flatMap((finding) => finding.package ?? []))
    // What differs and is allowed either way needs nobody; what fails does.
    proposal.unclear = [...new Set(ids)].filter((id) => !named.has(id)).toSorted()
    if (knowable.length === 0) return { ...draft, refused: others }
    const entries = entriesFor(
      knowable.map(({ identity }) => identity),
      { since: new Date().toISOString().slice(0, 10), reason: FOUND_BY_INIT },
    )
    return { ...draft, refused: others, baseline: { text: printBaseline(entries), entries: entries.length } }
  })
}

function policyNote({ proposal, imported, blind }: Draft): string {
  if (blind !== undefined) return `what most projects begin with, because ${blind}`
  const total = proposal.common.reduce((sum, { packages }) => sum + packages, 0)
  const from = imported === undefined ? 'what is there' : 'what was imported'
  return `made from ${from}; it allows ${count(total, 'package')}`
}

function nextSteps(project: string, draft: Draft | undefined, workflow: string | undefined): string[] {
  const missing = ['vitest', 'depgate'].filter(
    (name) => !isThere(project, `node_modules/${name}/package.json`),
  )
  const steps: string[] = []
  const isLocked = LOCKFILES.some((name) => isThere(project, name))
  if (isLocked && !isThere(project, 'node_modules')) steps.push('npm ci')
  if (missing.length > 0)
    steps.push(`npm install --save-dev ${missing.join(' ')}   # the test needs ${missing.join(' and ')}`)
  if (draft?.blind !== undefined)
    steps.push('npx depgate   # says what the policy lacks, once everything is installed')
  steps.push(`npm run ${TEST_SCRIPT.name}`)
  if (draft?.baseline !== undefined) {
    steps.push(
      `Decide about each entry of ${BASELINE_FILE}: allow its licence, except the package, or replace it; then\ndepgate baseline --update`,
    )
  }
  if (draft?.imported !== undefined && draft.imported.exceptions.length > 0) {
    steps.push('Name an owner for each imported exception.')
  }
  return workflow === undefined ? steps : [...steps, workflow]
}

function isThere(project: string, name: string): boolean {
  return openDisk(project).kind(join(project, name)) !== 'absent'
}

async function refuse(message: string): Promise<ExitCode> {
  await printError(`depgate: ${message}\n`)
  return EXIT_CODE.usage
}
