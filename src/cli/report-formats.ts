/** Reads `--format` where several may be asked for: `human`, `sarif=out.sarif`; each but one goes to a file of its own. */
import { resolve } from 'node:path'
import { InvalidArgumentError, Option } from 'commander'
import type { Command } from 'commander'
import { FORMATS } from '#reporters/reporter'
import type { Format } from '#reporters/reporter'

/** One format that was asked for. */
export interface FormatRequest {
  format: Format
  /** Absent for the one that goes to stdout, or to the file of `--output`. */
  file?: string
}

/** The flag, for a command whose report can be shown in every format. */
export function addReportFormats(command: Command): Command {
  return command.addOption(
    new Option('-f, --format <format>', `${FORMATS.join(', ')}; with =<file> into a file (repeatable)`)
      .argParser(collectFormat)
      .default([], 'human'),
  )
}

/** What was asked for with its files, or the sentence that says why that cannot be. */
export function resolveFormats(
  requests: readonly FormatRequest[],
  output: string | undefined,
): { requests: FormatRequest[] } | { problem: string } {
  const asked: readonly FormatRequest[] = requests.length === 0 ? [{ format: 'human' }] : requests
  const open = asked.filter(({ file }) => file === undefined)
  const [first, second] = open
  if (first !== undefined && second !== undefined) {
    return {
      problem:
        `only one format can go to ${output === undefined ? 'stdout' : output}, and ${first.format} and ${second.format} both would\n` +
        `  fix: Give one of them a file: --format ${second.format}=depgate.${second.format}`,
    }
  }
  if (first === undefined && output !== undefined) {
    return {
      problem:
        'every --format has a file of its own, so nothing is left for --output\n' +
        '  fix: Leave --output out, or ask for one --format without a file.',
    }
  }
  const all = asked.map((request) =>
    request.file === undefined && output !== undefined ? { format: request.format, file: output } : request,
  )
  const taken = new Map<string, Format>()
  for (const { format, file } of all) {
    if (file === undefined) continue
    const before = taken.get(resolve(file))
    if (before !== undefined) {
      return {
        problem:
          `${before} and ${format} would both be written to ${file}\n` +
          '  fix: Give each format a file of its own.',
      }
    }
    taken.set(resolve(file), format)
  }
  return { requests: all }
}

function collectFormat(value: string, previous: FormatRequest[]): FormatRequest[] {
  const at = value.indexOf('=')
  const name = at < 0 ? value : value.slice(0, at)
  const file = at < 0 ? undefined : value.slice(at + 1)
  const format = FORMATS.find((entry) => entry === name)
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(', ')}.`)
  if (file === '') throw new InvalidArgumentError(`there is no file behind ${name}=.`)
  return [...previous, file === undefined ? { format } : { format, file }]
}
