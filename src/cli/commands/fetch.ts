/** `depgate fetch`: warm the cache from the lockfile; works without a policy and without node_modules. */
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { fetchJson, fetchReport } from '#reporters/fetch'
import { runFetch } from '../../run/fetch-run.ts'
import type { FetchFlags } from '../fetch-flags.ts'
import { onTerminal } from '../run-for-terminal.ts'
import { deliver, printError, terminalWidth, wantsColor } from '../terminal.ts'

/** Fetches; exit code 0 if everything is in the cache, 2 for a wrong request, 3 if something could not be had. */
export async function fetch(flags: FetchFlags): Promise<ExitCode> {
  if (flags.offline === true) {
    await printError(
      'depgate: fetch is there to ask the registry, and --offline forbids that\n' +
        '  fix: Leave --offline out, or run `depgate check --offline` to use what is cached.\n',
    )
    return EXIT_CODE.usage
  }
  const outcome = await onTerminal(flags, (terminal) =>
    runFetch({
      ...terminal,
      project: flags.project,
      ...(flags.config !== undefined && { config: flags.config }),
      ...(flags.deadline !== undefined && { deadline: flags.deadline }),
      ...(flags.cacheDir !== undefined && { cacheDirectory: flags.cacheDir }),
      refresh: flags.refresh === true,
      ahead: flags.ahead === true,
      ...(flags.texts !== undefined && { texts: flags.texts === 'all' ? 'all' : 'everywhere' }),
      ...(flags.history !== undefined && { history: flags.history }),
      trustNpmrc: flags.trustNpmrc ?? [],
    }),
  )
  if (outcome.kind === 'told') return outcome.exitCode
  const { report, exitCode } = outcome
  const style = { width: terminalWidth(), color: wantsColor(flags), quiet: flags.quiet === true }
  return deliver(flags.format === 'json' ? fetchJson(report) : fetchReport(report, style), flags, exitCode)
}
