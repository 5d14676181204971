/** Someone with a home folder and a checkout of an installed project of their own, who runs the command line. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RunReport } from '#model/run-report'
import { runCli } from './cli.ts'
import type { CliResult } from './cli.ts'
import { filesBelow, findSecret } from './secrets.ts'

/** The user. */
export interface NpmUser {
  home: string
  project: string
  /** Writes the npmrc of the user. */
  npmrc: (...lines: string[]) => void
  /** Writes the .npmrc of the project. */
  projectNpmrc: (...lines: string[]) => void
  /** Writes the policy; without an argument one that allows MIT. */
  policy: (policy?: Record<string, unknown>) => void
  depgate: (args: string[], options?: RunAs) => Promise<CliResult>
  /** `check` with its JSON report, read from stdout or, with `--output report.json`, from there. */
  check: (args?: string[], options?: RunAs) => Promise<CliResult & { report: RunReport }>
  /** Where any of the texts stands in what was printed so far, or in a file other than the two npmrc files. */
  leaks: (texts: string[]) => string[]
  remove: () => void
}

/** What differs from run to run. */
export interface RunAs {
  /** Address of the default registry. */
  registry?: string
  env?: Record<string, string>
}

/** A new user in a folder below `base`, with a copy of the installed project and a temporary folder of their own. */
export function createNpmUser(place: { base: string; installed: string; registry: string }): NpmUser {
  const folder = mkdtempSync(join(place.base, 'user-'))
  const home = join(folder, 'home')
  const project = join(folder, 'project')
  const temporary = join(folder, 'tmp')
  for (const path of [home, temporary]) mkdirSync(path)
  cpSync(place.installed, project, { recursive: true })
  const printed: string[] = []
  const depgate: NpmUser['depgate'] = async (args, options = {}) => {
    const result = await runCli(args, {
      cwd: project,
      home,
      registry: options.registry ?? place.registry,
      env: { TMPDIR: temporary, ...options.env },
    })
    printed.push(result.stdout, result.stderr)
    return result
  }
  return {
    home,
    project,
    npmrc: (...lines) => writeFileSync(join(home, '.npmrc'), `${lines.join('\n')}\n`),
    projectNpmrc: (...lines) => writeFileSync(join(project, '.npmrc'), `${lines.join('\n')}\n`),
    policy: (policy = { licenses: { allow: ['MIT'] } }) =>
      writeFileSync(join(project, 'depgate.config.json'), JSON.stringify(policy)),
    depgate,
    async check(args = [], options = {}) {
      const result = await depgate(['check', '--format', 'json', ...args], options)
      const file = join(project, 'report.json')
      const text = args.includes('--output') ? readFileSync(file, 'utf8') : result.stdout
      const report: unknown = text === '' ? undefined : JSON.parse(text)
      if (!isReport(report)) throw new Error(`no report: ${result.stderr}`)
      return { ...result, report }
    },
    leaks(texts) {
      const files = filesBelow(folder, (path) => path === 'home/.npmrc' || path === 'project/.npmrc')
      return [
        ...printed.flatMap((text, at) => findSecret(`output ${at}`, text, texts)),
        ...files.flatMap(({ path, bytes }) => findSecret(path, bytes, texts)),
      ]
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function isReport(value: unknown): value is RunReport {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value && 'packages' in value
}
