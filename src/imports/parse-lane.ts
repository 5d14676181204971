/**
 * Where files are parsed: in a process of its own, because the parser is native code that a stranger's file can break
 * (10,000 parentheses inside each other overflow its stack), and nothing in this process survives that.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import type { ParsedSource } from '#model/imports'
import { fail, ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import { isFirstWord, isParsedBatch } from './lane-messages.ts'
import type { SourceBytes } from './lane-messages.ts'
import { parserMissing } from './oxc.ts'

/** One way of parsing, which takes one batch after another. */
export interface ParseLane {
  /** In the order of the files; `broken` if the parser broke down over one of them, `ended` if it was told to end. */
  parse(files: readonly SourceBytes[]): Promise<readonly ParsedSource[] | 'broken' | 'ended'>
  /** Ends it at once. */
  close(): void
}

/** Opens a lane, or says why there is none. */
export type OpenLane = () => Promise<Outcome<ParseLane>>

/** What the child is started with. */
export interface LaneOptions {
  env: Readonly<Record<string, string | undefined>>
  /** Aborting ends the child, whatever it is doing. */
  signal?: AbortSignal
}

/** Starts a child process that parses; another one takes its place when it breaks down. */
export async function openChildLane(options: LaneOptions): Promise<Outcome<ParseLane>> {
  const started = await startChild(options)
  if (!started.ok) return started
  let child: ChildProcess | undefined = started.value
  return ok({
    async parse(files) {
      if (child === undefined) {
        const again = await startChild(options)
        if (!again.ok) return options.signal?.aborted === true ? 'ended' : 'broken'
        child = again.value
      }
      const answer = await ask(child, files)
      if (options.signal?.aborted === true) return 'ended'
      if (answer === 'broken') child = undefined
      return answer
    },
    close: () => void child?.kill('SIGKILL'),
  })
}

async function startChild({ env, signal }: LaneOptions): Promise<Outcome<ChildProcess>> {
  // What the user's own programs are started with is not meant for this one.
  const { NODE_OPTIONS: _options, NODE_V8_COVERAGE: _coverage, ...clean } = env
  const child = fork(new URL('./parse-child.js', import.meta.url), {
    env: clean,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    ...(signal && { signal, killSignal: 'SIGKILL' }),
  })
  // Errors that come when nobody waits, such as of an aborted child, are told of by its end.
  child.on('error', () => undefined)
  const first = await answerOf(child, isFirstWord)
  if (first !== undefined && first.ready) return ok(child)
  child.kill('SIGKILL')
  return first === undefined
    ? fail('parser-missing', 'The process that parses source files could not be started.')
    : parserMissing()
}

async function ask(
  child: ChildProcess,
  files: readonly SourceBytes[],
): Promise<readonly ParsedSource[] | 'broken'> {
  const isAnswer = (message: unknown): message is ParsedSource[] => isParsedBatch(message, files.length)
  child.send([...files])
  return (await answerOf(child, isAnswer)) ?? 'broken'
}

/** The next message of a child; undefined if it ends first, or says anything else. */
function answerOf<T>(
  child: ChildProcess,
  isAnswer: (message: unknown) => message is T,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: T | undefined): void => {
      child.off('message', onMessage).off('exit', onEnd).off('error', onEnd)
      resolve(answer)
    }
    const onMessage = (message: unknown): void => settle(isAnswer(message) ? message : undefined)
    const onEnd = (): void => settle(undefined)
    child.on('message', onMessage).on('exit', onEnd).on('error', onEnd)
  })
}
