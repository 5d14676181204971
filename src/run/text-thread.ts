/** A thread that does nothing but recognise licence texts. */
import { parentPort } from 'node:worker_threads'
import { loadTextIndex } from '#license/text/index-file'
import { readText } from '#license/text/read-text'
import { monotonicMs } from '../clock.ts'
import type { ReadingAsked, ReadingFound } from './text-messages.ts'

if (parentPort === null) throw new Error('text-thread.js is started by depgate, not by hand')
const port = parentPort
const index = loadTextIndex()
port.on('message', ({ id, bytes, kind }: ReadingAsked) => {
  const began = monotonicMs()
  const reading = readText(new TextDecoder().decode(bytes), kind, index)
  port.postMessage({ id, reading, ms: monotonicMs() - began } satisfies ReadingFound)
})
