/** Gathers questions to Redis into batches, and asks in a way that no value, however large, is ever swallowed whole. */

/** How batches are asked. */
export interface ReadBatchOptions {
  /** The first `maxBytes` bytes of each value, or a text for what has no bytes; undefined when Redis is left out. */
  read: (names: string[], maxBytes: number) => Promise<(Uint8Array | string)[] | undefined>
  /** Values larger than this are unfit, in bytes. */
  maxBytes: number
}

/** Questions by name: undefined for what is not there, `unfit` for what no record of ours can be. */
export interface ReadBatches {
  get(name: string): Promise<Uint8Array | 'unfit' | undefined>
}

/** Enough for nearly every record; a whole tree of poisoned values costs no more than this each. */
const SMALL_BYTES = 8 * 1024
/** Questions in a batch, and batches in the air: together they bound what the server can make us hold. */
const BATCH = 1024
const BATCHES_AT_ONCE = 4
/** The same for values that turned out to be larger, and bytes that a run spends on them in all. */
const LARGE_BATCH = 4
const LARGE_BYTES_IN_ALL = 16 * 1024 * 1024

interface Question {
  name: string
  answer: (value: Uint8Array | 'unfit' | undefined) => void
}

/** Batches are sent when the current turn of the event loop is over: whoever asks for a tree asks in one turn. */
export function createReadBatches({ read, maxBytes }: ReadBatchOptions): ReadBatches {
  const small: Question[] = []
  const large: Question[] = []
  let inTheAir = 0
  let readingLarge = false
  let largeBytes = LARGE_BYTES_IN_ALL

  function sendSmall(): void {
    while (inTheAir < BATCHES_AT_ONCE && small.length > 0) {
      inTheAir++
      void askSmall(small.splice(0, BATCH)).finally(() => {
        inTheAir--
        sendSmall()
      })
    }
  }

  async function askSmall(batch: Question[]): Promise<void> {
    const answers = await read(namesOf(batch), SMALL_BYTES + 1)
    for (const [at, question] of batch.entries()) {
      const answer = answers?.[at]
      if (typeof answer === 'string') question.answer('unfit')
      else if (answer === undefined || answer.byteLength === 0) question.answer(undefined)
      else if (answer.byteLength <= SMALL_BYTES) question.answer(answer)
      else large.push(question)
    }
    if (!readingLarge) await askLarge()
  }

  async function askLarge(): Promise<void> {
    readingLarge = true
    while (large.length > 0) {
      const batch = large.splice(0, LARGE_BATCH)
      const answers = largeBytes > 0 ? await read(namesOf(batch), maxBytes + 1) : undefined
      for (const [at, question] of batch.entries()) {
        const answer = answers?.[at]
        if (answer === undefined) question.answer(undefined)
        else if (typeof answer === 'string' || answer.byteLength > maxBytes) question.answer('unfit')
        else question.answer(answer)
        if (answer instanceof Uint8Array) largeBytes -= answer.byteLength
      }
    }
    readingLarge = false
  }

  return {
    get: (name) =>
      new Promise((answer) => {
        if (small.push({ name, answer }) === 1) setImmediate(sendSmall)
      }),
  }
}

function namesOf(batch: readonly Question[]): string[] {
  return batch.map(({ name }) => name)
}
