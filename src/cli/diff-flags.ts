/** The flags of `depgate diff` on top of those of every run. */
import type { Command } from 'commander'
import { addMeasuringFlags, addReportFlags } from './options.ts'
import type { ReportFlags } from './options.ts'

/** Parsed flags of the command. */
export interface DiffFlags extends ReportFlags {
  sinceRelease?: true
  mergeBase: boolean
  allowPolicyChange?: true
}

/** What stands below the flags in the help of the command. */
export const DIFF_HELP = `
<base> is a commit, branch or tag (what both sides have in common last counts, not its tip). Where git knows none of that
name, it may be the path of an older lockfile that ends with .json and lies outside of the checkout. Both lockfiles are
compared; nothing has to be installed, and nothing of the repository is run.

Only what the change brings is judged: a package or version that is new, a new source or integrity, a package that
moves from development to production. It is judged by the policy of the base. Whatever the change does to the policy
or its baseline is listed for the people who own it, and fails the run unless --allow-policy-change is given.

In CI the whole history is needed up to the base: actions/checkout with fetch-depth: 0.
`

/** Adds them. */
export function addDiffFlags(command: Command): Command {
  return addMeasuringFlags(
    addReportFlags(command.argument('[base]', 'git ref, or path of a lockfile outside of the checkout')),
  )
    .option('--since-release', 'compare with the newest tag that leads here')
    .option('--no-merge-base', 'compare with the tip of <base> itself')
    .option('--allow-policy-change', 'changes of the policy are only shown; for those who may make them')
    .addHelpText('after', DIFF_HELP)
}
