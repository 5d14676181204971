/** Recognises licence texts: a few in the thread that asks, many in one of their own beside it. */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { TextKind, TextReading } from '#license/text/read-text'
import { span, spanTook } from '../trace.ts'
import type { ReadingAsked, ReadingFound } from './text-messages.ts'

/** Reads the content of a file. */
export type ReadContent = (bytes: Uint8Array, kind: TextKind) => Promise<TextReading>

/** So many texts take less time than a thread that has to be started, and to load the known texts once more. */
const FEW = 8
/** Contents that wait for the thread, in bytes: with more, whoever asks reads them, and asks for no others meanwhile. */
const MAX_WAITING_BYTES = 1024 * 1024
/** In MiB. The known texts and what compares with them take some 30; a text has at most a quarter of one. */
const THREAD_ROOM = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 }

/**
 * Loads the known texts with the first content. With a second core, more than a few contents, and `room` for knowing the
 * texts twice, a thread reads them; where it fails, or there is none, they are read here. Both say the same.
 */
export function openRecognition(room: () => boolean, cores = availableParallelism()): ReadContent {
  let here: Promise<(raw: string, kind: TextKind) => TextReading> | undefined
  let beside: TextThread | undefined
  let asked = 0
  return async (bytes, kind) => {
    asked += 1
    if (asked === FEW + 1 && cores > 1 && room()) beside = startThread()
    const found = await beside?.(bytes, kind)
    if (found !== undefined) return found
    const readContent = await (here ??= span('text.load-index', loadReader))
    return span('text.recognise', () => readContent(new TextDecoder().decode(bytes), kind))
  }
}

async function loadReader(): Promise<(raw: string, kind: TextKind) => TextReading> {
  const [{ readText }, { loadTextIndex }] = await Promise.all([
    import('#license/text/read-text'),
    import('#license/text/index-file'),
  ])
  const index = loadTextIndex()
  return (raw, kind) => readText(raw, kind, index)
}

/** Undefined for a content that somebody else has to read. */
type TextThread = (bytes: Uint8Array, kind: TextKind) => Promise<TextReading | undefined> | undefined

interface Waiting {
  size: number
  settle: (reading: TextReading | undefined) => void
}

function startThread(): TextThread {
  const thread = new Worker(new URL('./text-thread.js', import.meta.url), {
    resourceLimits: THREAD_ROOM,
    stdin: false,
    execArgv: [],
  })
  const waiting = new Map<number, Waiting>()
  let waitingBytes = 0
  let asked = 0
  let isGone = false
  const settle = (id: number, reading: TextReading | undefined): void => {
    const found = waiting.get(id)
    waiting.delete(id)
    waitingBytes -= found?.size ?? 0
    // Nobody waits for a thread that has nothing to do.
    if (waiting.size === 0) thread.unref()
    found?.settle(reading)
  }
  const leave = (): void => {
    isGone = true
    for (const id of waiting.keys()) settle(id, undefined)
  }
  thread.on('message', ({ id, reading, ms }: ReadingFound) => {
    spanTook('text.recognise', ms)
    settle(id, reading)
  })
  thread.on('error', leave)
  thread.on('exit', leave)
  thread.unref()
  return (bytes, kind) => {
    if (isGone || waitingBytes > MAX_WAITING_BYTES) return undefined
    asked += 1
    const id = asked
    waitingBytes += bytes.byteLength
    thread.ref()
    thread.postMessage({ id, bytes, kind } satisfies ReadingAsked)
    return new Promise((done) => waiting.set(id, { size: bytes.byteLength, settle: done }))
  }
}
