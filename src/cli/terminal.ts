/** The terminal as the command line uses it: text out, progress, and an end that no stuck reader can delay. */
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { errorCode, makeFolders } from '#cache/folder'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import type { Progress } from '../run/supervise.ts'

/** Bytes handed to a stream at once. */
const PIECE_BYTES = 64 * 1024
/** Longest a reader may take nothing before the rest is given up, in milliseconds. */
const MAX_STALL_MS = 1000

/** Columns to wrap at: the terminal's, within what is pleasant to read; 80 where there is no terminal. */
export function terminalWidth(): number {
  return Math.min(120, Math.max(40, process.stdout.columns ?? 80))
}

/** Whether to colour: asked for or not forbidden, and on a terminal, not in a file. Follows NO_COLOR and FORCE_COLOR. */
export function wantsColor({ color, output }: { color: boolean; output?: string }): boolean {
  const { NO_COLOR: never, FORCE_COLOR: always } = process.env
  if (!color || output !== undefined || (never !== undefined && never !== '')) return false
  if (always !== undefined && always !== '' && always !== '0') return true
  return process.stdout.isTTY && process.env['TERM'] !== 'dumb'
}

/** Writes text to stdout and resolves when it is out, or when nobody reads it any more. */
export function print(text: string): Promise<void> {
  return write(process.stdout, text)
}

/** Writes an error to stderr in the same way. */
export function printError(text: string): Promise<void> {
  return write(process.stderr, text)
}

/** Says what went wrong: as text, or as a line of the log of the run that the flags name. */
export async function printProblem(message: string, { runId }: { runId?: string }): Promise<void> {
  if (runId === undefined) return printError(`depgate: ${message}\n`)
  const { logLine } = await import('./run-log.ts')
  return printError(logLine(runId, Date.now(), 'error', 'error', { message }))
}

/** Writes what a command has to say to the file of `--output`, else to stdout; gives the command's exit code. */
export async function deliver(
  text: string,
  { output, runId, flag = '--output' }: { output?: string; runId?: string; flag?: string },
  exitCode: ExitCode,
): Promise<ExitCode> {
  if (output === undefined) {
    await print(text)
    return exitCode
  }
  const error = await writeWhole(output, text, flag)
  if (error === undefined) return exitCode
  await printProblem(error, runId === undefined ? {} : { runId })
  // A verdict nobody can read is no pass; a violation stays one.
  return exitCode === EXIT_CODE.pass ? EXIT_CODE.usage : exitCode
}

/** Writes a file whole or not at all, the folders above it made; gives the sentence that says why not. */
export async function writeWhole(file: string, text: string, flag: string): Promise<string | undefined> {
  const target = resolve(file)
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`)
  try {
    await makeFolders(dirname(target))
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
    renameSync(temporary, target)
    return undefined
  } catch (error) {
    rmSync(temporary, { force: true })
    return `${file} could not be written (${errorCode(error)}); choose another place with ${flag}`
  }
}

/**
 * Appends to the summary of the job where the environment names a file for it (GITHUB_STEP_SUMMARY); gives the error's
 * text if that cannot be done.
 */
export function appendSummary(text: () => string): string | undefined {
  const { GITHUB_STEP_SUMMARY: file } = process.env
  if (file === undefined || file === '') return undefined
  try {
    appendFileSync(file, `${text()}\n`)
    return undefined
  } catch (error) {
    return `the file of GITHUB_STEP_SUMMARY could not be written (${errorCode(error)}); unset the variable or name another file`
  }
}

/** A progress line on stderr, only on a terminal; `clear` takes it away again. */
export function progressLine(enabled: boolean): { show: (progress: Progress) => void; clear: () => void } {
  const stream = process.stderr
  if (!enabled || !stream.isTTY) return { show: () => undefined, clear: () => undefined }
  const put = (text: string): void => {
    stream.write(`\r\u001b[2K${text}`)
  }
  put('depgate: reading the tree')
  return {
    show: ({ judged, total }) =>
      put(total === undefined ? 'depgate: reading the tree' : `depgate: ${judged} of ${total} packages`),
    clear: () => put(''),
  }
}

/** Piece by piece, so that a slow reader gets the whole text and one that has stopped reading cannot hold the process. */
async function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    if (!(await writePiece(stream, bytes.subarray(at, at + PIECE_BYTES)))) return
  }
}

/** False if the reader is gone or takes nothing any more. */
function writePiece(stream: NodeJS.WriteStream, piece: Uint8Array): Promise<boolean> {
  return new Promise((done) => {
    const timer = setTimeout(() => done(false), MAX_STALL_MS)
    stream.write(piece, (error) => {
      clearTimeout(timer)
      done(!error)
    })
  })
}
