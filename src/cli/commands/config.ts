/** `depgate config`: prints the resolved policy with the origin of each value, or only checks it. */
import { resolve } from 'node:path'
import { loadPolicy } from '#config/load'
import { originText, resolvedPolicy } from '#config/resolved'
import type { ResolvedPolicy, ResolvedValue } from '#config/resolved'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { count } from '#reporters/coverage'
import { display, safeJson } from '#reporters/display'
import { painter } from '#reporters/text-layout'
import { print, printError, wantsColor } from '../terminal.ts'

/** Parsed flags of the command. */
export interface ConfigFlags {
  project: string
  config?: string
  format: 'human' | 'json'
  check?: true
  color: boolean
}

/** Widest that keys and values are lined up to; what is longer hangs over. */
const MAX_KEY = 38
const MAX_VALUE = 36

/** Prints it; exit code 2 if there is no policy or it has mistakes, each told with file, line and column. */
export async function config(flags: ConfigFlags): Promise<ExitCode> {
  const loaded = loadPolicy({
    project: resolve(flags.project),
    ...(flags.config !== undefined && { configPath: flags.config }),
  })
  if (!loaded.ok) {
    if (flags.format === 'json') await print(`${safeJson({ ok: false, errors: loaded.errors }, 2)}\n`)
    else await printError(`depgate: ${loaded.message}\n`)
    return EXIT_CODE.usage
  }
  const resolved = resolvedPolicy(loaded.policy, loaded.merged)
  if (flags.format === 'json') {
    const { file, sha256, baseline, values } = resolved
    const head = { ok: true, file, sha256, ...(baseline && { baseline }) }
    await print(`${safeJson(flags.check === true ? head : { ...head, values }, 2)}\n`)
  } else {
    await print(flags.check === true ? checkedText(resolved) : resolvedText(resolved, wantsColor(flags)))
  }
  return EXIT_CODE.pass
}

function checkedText({ file, baseline, values }: ResolvedPolicy): string {
  const from = new Set(values.map(({ origin }) => sourceOf(origin)))
  from.delete(file)
  from.delete('default')
  const parents = from.size === 0 ? '' : `, with ${[...from].join(', ')}`
  const known =
    baseline === undefined
      ? ''
      : `; ${display(baseline.file)} with ${count(baseline.entries, 'entry', 'entries')}`
  return `${display(file)} is valid${display(parents)}${known}\n`
}

function sourceOf(origin: ResolvedValue['origin']): string {
  if (origin.type === 'default') return 'default'
  return origin.type === 'preset' ? origin.name : origin.file
}

function resolvedText({ file, sha256, baseline, values }: ResolvedPolicy, color: boolean): string {
  const paint = painter(color)
  const rows = values.map((entry) => ({
    key: display(entry.key),
    value: valueText(entry),
    from: originText(entry.origin),
  }))
  const keyWidth = Math.min(MAX_KEY, Math.max(...rows.map(({ key }) => key.length)))
  const valueWidth = Math.min(MAX_VALUE, Math.max(...rows.map(({ value }) => value.length)))
  const lines = rows.map(
    ({ key, value, from }) =>
      `${key.padEnd(keyWidth)}  ${paint('bold', value.padEnd(valueWidth))}  ${paint('dim', display(from))}`,
  )
  const known =
    baseline === undefined ? [] : [`${display(baseline.file)}: ${count(baseline.entries, 'known finding')}`]
  return `${[paint('bold', display(file)), '', ...lines, '', ...known, `policy sha256 ${sha256}`].join('\n')}\n`
}

function valueText({ value, licenses }: ResolvedValue): string {
  const text = typeof value === 'string' ? display(value, 120) : safeJson(value)
  return licenses === undefined ? text : `${text} (${licenses.length} licences)`
}
