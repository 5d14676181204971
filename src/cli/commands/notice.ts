/** `depgate notice`: the attribution file of what ships; works without a policy. */
import { readLicenseFiles } from '#collectors/license-files'
import { openDisk } from '#disk/disk'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Finding } from '#model/finding'
import type { Inventory } from '#model/inventory'
import type { PackageReport } from '#model/run-report'
import { display } from '#reporters/display'
import { buildNotice } from '#reporters/notice'
import type { Notice, NoticeFile } from '#reporters/notice'
import { noticeIn } from '#reporters/notice-formats'
import { decodeText, printableText } from '#reporters/notice-text'
import type { NoticeFormat } from '#reporters/reporter'
import { namedLicenseFile } from '../../run/texts.ts'
import { runOptions } from '../options.ts'
import type { RunFlags } from '../options.ts'
import { runForTerminal } from '../run-for-terminal.ts'
import { deliver, printError } from '../terminal.ts'

/** Parsed flags of the command. */
export type NoticeFlags = Omit<RunFlags, 'format' | 'omit'> & { format: NoticeFormat; include?: 'dev' }

/** A list of third parties can be larger than any licence. */
const MAX_FILE_BYTES = 2 * 1024 * 1024
/** More than the licence files of any real tree, equal ones counted once; bounds memory and the notice. */
const MAX_TOTAL_BYTES = 64 * 1024 * 1024
/** Reasons told on stderr. */
const SHOWN = 5

/** Writes the notice; exit code 3 if something that belongs in it could not be read or asked for. */
export async function notice(flags: NoticeFlags): Promise<ExitCode> {
  // What ships is what lies there: its texts are copied from it.
  const from = 'installed' as const
  const options = { ...runOptions(flags, 'notice'), from, omitDev: flags.include !== 'dev' }
  const outcome = await runForTerminal({ ...options, policyOptional: true, wantsInventory: true }, flags)
  if (outcome.kind !== 'report') return outcome.exitCode
  const { report, inventory } = outcome
  if (inventory === undefined) {
    const [finding] = report.findings
    await printError(
      `depgate: no notice: ${display(finding?.message ?? 'there is no tree to read')}\n${display(finding?.fix ?? '')}\n`,
    )
    return EXIT_CODE.incomplete
  }
  const built = buildNotice(report, createFileReader(flags.project, inventory), flags.include === 'dev')
  const exitCode = built.complete ? EXIT_CODE.pass : EXIT_CODE.incomplete
  const code = await deliver(noticeIn(flags.format, built), flags, exitCode)
  if (!built.complete) await printError(incompleteBecause(report.findings, built))
  return code
}

function incompleteBecause(findings: Finding[], { packages }: Notice): string {
  const why = [
    ...findings.filter(({ verdict }) => verdict === 'incomplete').map(({ message }) => message),
    ...packages.filter(({ hasUnread }) => hasUnread).map(({ id, remarks }) => `${id}: ${remarks.join('; ')}`),
  ]
  const lines = why.slice(0, SHOWN).map((line) => `  ${display(line)}\n`)
  const more = why.length > SHOWN ? `  and ${why.length - SHOWN} more\n` : ''
  return `depgate: the notice is not complete\n${lines.join('')}${more}`
}

/** Reads the licence files of all copies of a package; a file that many ship is decoded once. */
function createFileReader(project: string, inventory: Inventory): (entry: PackageReport) => NoticeFile[] {
  const instances = new Map(inventory.instances.map((instance) => [instance.location, instance]))
  const texts = new Map<string, string | undefined>()
  const disk = openDisk(project)
  let left = MAX_TOTAL_BYTES
  const textOf = (sha256: string, bytes: Buffer): string | undefined => {
    if (!texts.has(sha256)) {
      const text = decodeText(bytes)
      left -= bytes.length
      texts.set(sha256, text === undefined ? undefined : printableText(text))
    }
    return texts.get(sha256)
  }
  return ({ locations }) =>
    locations.flatMap((location): NoticeFile[] => {
      const instance = instances.get(location)
      if (instance?.installed !== true) return []
      const unread = (why: string): NoticeFile[] => [{ file: location, role: 'package', unread: why }]
      if (instance.unreadable !== undefined) return unread('a package that could not be read')
      if (left < 0) return unread('more than a notice can hold')
      const hints = {
        named: namedLicenseFile(instance.declared ?? {}),
        readme: false,
        maxBytes: MAX_FILE_BYTES,
      }
      return readLicenseFiles(disk, project, location, hints).map((read) => {
        const { file, role } = read
        if ('unread' in read) return { file, role, unread: read.unread }
        const text = textOf(read.sha256, read.bytes)
        return text === undefined ? { file, role, unread: 'not text' } : { file, role, text }
      })
    })
}
